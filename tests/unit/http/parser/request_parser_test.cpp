#include "http/parser/request_parser.hpp"

#include "unit/http/parser/parser_probe.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;
using namespace std::string_literals;

}  // namespace

BOOST_AUTO_TEST_SUITE(http_request_parser)

BOOST_AUTO_TEST_CASE(takes_pipelined_requests_one_by_one)
{
    auto const first = "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"s;
    std::string const second = "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n";
    auto const all = first + second + "\r\n" + second + "GET /3";
    std::string_view bytes = all;
    request_parser parser{small, wants_body};

    struct row {
        std::string_view found;
        std::size_t size;
    };

    for (auto const& [found, size] : {
             row{"keep 1.1 POST /1 ", first.size()},
             row{"keep 1.1 GET /2 ", second.size()},
             row{"keep 1.1 GET /2 ", second.size() + 2},
         }) {
        auto const result = parser.feed(bytes);
        BOOST_TEST(described(result).starts_with(found));
        BOOST_TEST(std::get<parsed_request>(result).size == size);
        bytes.remove_prefix(size);
        parser.reset();
    }
    BOOST_TEST(described(parser.feed(bytes)) == "needs head");
}

BOOST_AUTO_TEST_CASE(a_head_may_hold_256_fields)
{
    auto text = "GET / HTTP/1.1\r\nHost: h\r\n"s;
    for (std::size_t i = 1; i < 256; ++i) text += "A:\r\n";
    request_parser parser{small, wants_body};

    auto const result = parser.feed(text += "\r\n");

    BOOST_REQUIRE(std::holds_alternative<parsed_request>(result));
    BOOST_TEST(std::get<parsed_request>(result).request.fields.size() == 256U);
}

BOOST_AUTO_TEST_CASE(asks_to_continue_while_no_body_has_come)
{
    struct row {
        std::string text;
        bool wanted;
    };

    std::string const head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n";

    for (auto const& [text, wanted] : {
             row{head + "Expect: 100-Continue\r\n\r\n", true},
             row{head + "Expect: 100-continue\r\n\r\na", false},
             row{head + "Expect: 101-continue\r\n\r\n", false},
             row{head + "\r\n", false},
             row{"POST / HTTP/1.0\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n", false},
         }) {
        request_parser parser{small, wants_body};
        auto const result = parser.feed(text);
        BOOST_TEST_CONTEXT(text)
        {
            BOOST_REQUIRE(std::holds_alternative<need_more>(result));
            BOOST_TEST(std::get<need_more>(result).in_body);
            BOOST_TEST(std::get<need_more>(result).wants_continue == wanted);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
