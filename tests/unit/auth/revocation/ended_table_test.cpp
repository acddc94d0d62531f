#include "auth/revocation/ended_table.hpp"

#include "auth/revocation/session_key.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace jwtgate::auth;

std::uint64_t spread(std::uint64_t number)
{
    return session_key(std::to_string(number));
}

// All in one line of a page, however often that is split.
std::uint64_t same_line(std::uint64_t number)
{
    return (spread(number) & (UINT64_MAX >> 6U)) | (std::uint64_t{63} << 58U);
}

// All in one page until its keys are told apart by their bits 12 and above.
std::uint64_t same_page(std::uint64_t number)
{
    return (spread(number) & ~std::uint64_t{0xfff}) | 2U;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_ended_table)

BOOST_AUTO_TEST_CASE(finds_what_was_put_and_nothing_else)
{
    ended_table table;
    BOOST_TEST(!table.find(2).has_value());
    BOOST_TEST(table.is_empty());
    table.put(2, ending::decided);
    BOOST_TEST(!table.is_empty());
    table.put(UINT64_MAX - 1, ending::stored);
    BOOST_TEST((table.find(2) == ending::decided));
    BOOST_TEST((table.find(UINT64_MAX - 1) == ending::stored));
    BOOST_TEST(!table.find(6).has_value());
    table.put(2, ending::stored);
    BOOST_TEST((table.find(2) == ending::stored));
    table.put(2, ending::decided);
    BOOST_TEST((table.find(2) == ending::decided));
}

BOOST_AUTO_TEST_CASE(keeps_everything_while_it_grows)
{
    for (auto const key_of : {spread, same_line, same_page}) {
        ended_table table;
        constexpr std::uint64_t count = 100'000;
        for (std::uint64_t i = 0; i < count; ++i)
            table.put(key_of(i), i % 2 == 0 ? ending::decided : ending::stored);
        std::uint64_t right = 0;
        std::uint64_t wrong = 0;
        for (std::uint64_t i = 0; i < count; ++i)
            right += table.find(key_of(i)) == (i % 2 == 0 ? ending::decided : ending::stored) ? 1 : 0;
        for (std::uint64_t i = count; i < 2 * count; ++i) wrong += table.find(key_of(i)) ? 1 : 0;
        BOOST_TEST(right == count);
        BOOST_TEST(wrong == 0U);
    }
}

BOOST_AUTO_TEST_CASE(is_used_again_when_it_has_been_cleared)
{
    ended_table table;
    for (std::uint64_t round = 0; round < 3; ++round) {
        for (std::uint64_t i = 0; i < 30'000; ++i) table.put(spread(30'000 * round + i), ending::stored);
        std::uint64_t found = 0;
        for (std::uint64_t i = 0; i < 90'000; ++i) found += table.find(spread(i)) ? 1 : 0;
        BOOST_TEST(found == 30'000U);
        table.clear();
        BOOST_TEST(table.is_empty());
        BOOST_TEST(!table.find(spread(30'000 * round)).has_value());
    }
}

BOOST_AUTO_TEST_CASE(readers_find_every_key_from_the_moment_it_was_put)
{
    constexpr std::uint64_t count = 300'000;
    std::vector<std::uint64_t> keys;
    for (std::uint64_t i = 0; i <= count; ++i) keys.push_back(spread(i));
    ended_table table;
    std::atomic<std::uint64_t> done = 0;
    std::atomic<int> missed = 0;
    auto const read = [&](std::uint64_t step) {
        std::uint64_t old = 0;
        while (done < count) {
            auto const known = done.load();
            for (auto i = known > 50 ? known - 50 : 0; i < known; ++i) missed += table.find(keys[i]) ? 0 : 1;
            if (known > 0) missed += table.find(keys[old = (old + step) % known]) ? 0 : 1;
            missed += table.find(keys[count]) ? 1 : 0;
        }
    };
    std::vector<std::jthread> readers;
    for (std::uint64_t step : {1U, 7U, 1'009U}) readers.emplace_back(read, step);
    for (std::uint64_t i = 0; i < count; ++i) {
        table.put(keys[i], ending::decided);
        done = i + 1;
    }
    readers.clear();
    BOOST_TEST(missed == 0);
}

BOOST_AUTO_TEST_SUITE_END()
