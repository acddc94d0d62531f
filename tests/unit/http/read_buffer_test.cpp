#include "http/read_buffer.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace {

using namespace jwtgate::http;

void put(read_buffer& buffer, std::string_view text)
{
    while (!text.empty()) {
        auto const space = buffer.space();
        BOOST_REQUIRE(!space.empty());
        auto const part = text.substr(0, space.size());
        std::ranges::copy(part, space.begin());
        buffer.commit(part.size());
        text.remove_prefix(part.size());
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_read_buffer)

BOOST_AUTO_TEST_CASE(holds_what_came_and_is_not_consumed)
{
    read_buffer buffer{32768};
    BOOST_TEST(buffer.empty());
    BOOST_TEST(buffer.bytes() == "");

    put(buffer, "one two");
    buffer.consume(4);
    put(buffer, " three");
    BOOST_TEST(buffer.bytes() == "two three");

    buffer.clear();
    BOOST_TEST(buffer.empty());
}

BOOST_AUTO_TEST_CASE(grows_up_to_its_limit)
{
    read_buffer buffer{20000};
    std::string const text = std::string(10000, 'a') + std::string(10000, 'b');

    put(buffer, text);

    BOOST_TEST(buffer.bytes() == text);
    BOOST_TEST(buffer.space().size() == 0U);
}

BOOST_AUTO_TEST_CASE(moves_what_is_left_to_the_front_before_it_grows)
{
    read_buffer buffer{read_buffer::idle_size};
    put(buffer, std::string(read_buffer::idle_size - 4, 'x') + "rest");

    buffer.consume(read_buffer::idle_size - 4);

    BOOST_TEST(buffer.space().size() == read_buffer::idle_size - 4);
    BOOST_TEST(buffer.bytes() == "rest");
}

BOOST_AUTO_TEST_CASE(gives_back_only_when_empty)
{
    read_buffer buffer{65536};
    put(buffer, std::string(30000, 'x'));

    buffer.shrink();
    BOOST_TEST(buffer.bytes().size() == 30000U);

    buffer.consume(30000);
    buffer.shrink();
    BOOST_TEST(buffer.space().size() == read_buffer::idle_size);
}

BOOST_AUTO_TEST_SUITE_END()
