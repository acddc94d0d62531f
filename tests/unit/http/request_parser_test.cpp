#include "http/request_parser.hpp"

#include "unit/http/parser_probe.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;
using namespace std::string_literals;

}  // namespace

BOOST_AUTO_TEST_SUITE(http_request_parser)

BOOST_AUTO_TEST_CASE(reads_a_request_however_it_is_cut)
{
    struct row {
        std::string text;
        std::string_view found;
    };

    for (auto const& [text, found] : {
             row{"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / ? 1.1 keep Host=<x> "},
             row{"POST /a?b=c HTTP/1.1\r\nHost: x:80\r\nContent-Length: 5\r\n\r\nhello",
                 "POST /a ?b=c 1.1 keep Host=<x:80> Content-Length=<5> hello"},
             row{"GET / HTTP/1.1\r\nHost: x\r\ncontent-length: 02\r\n\r\nhi",
                 "GET / ? 1.1 keep Host=<x> content-length=<02> hi"},
             row{"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                 "GET / ? 1.1 keep Host=<x> Content-Length=<0> "},
             row{"PURGE! http://y/p?q HTTP/1.1\r\nHost:x \t\r\nA:\r\n\r\n",
                 "PURGE! /p ?q 1.1 keep Host=<x> A=<> "},
             row{"\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / ? 1.1 keep Host=<x> "},
             row{"GET / HTTP/1.1\r\nHost: x\r\nX: \xc3\xa4\t b\r\n\r\n",
                 "GET / ? 1.1 keep Host=<x> X=<\xc3\xa4\t b> "},
         }) {
        BOOST_TEST_CONTEXT(text)
        {
            BOOST_TEST(described(text + "GET /next") == found);
            for (std::size_t step = 1; step < text.size(); ++step)
                BOOST_TEST(fed_in_parts(text, step) == found);
        }
    }
}

BOOST_AUTO_TEST_CASE(keeps_the_connection_as_the_client_says)
{
    struct row {
        std::string_view version;
        std::string_view fields;
        std::string_view verdict;
    };

    for (auto const& [version, fields, verdict] : {
             row{"1.1", "", " 1.1 keep "},
             row{"1.1", "Connection: close\r\n", " 1.1 close "},
             row{"1.1", "Connection: CLOSE\r\n", " 1.1 close "},
             row{"1.1", "Connection: x, close\r\n", " 1.1 close "},
             row{"1.1", "Connection: keep-alive, close\r\n", " 1.1 close "},
             row{"1.1", "Connection: x\r\nConnection: close\r\n", " 1.1 close "},
             row{"1.1", "Connection: closed\r\n", " 1.1 keep "},
             row{"1.1", "Connection: \r\n", " 1.1 keep "},
             row{"1.0", "", " 1.0 close "},
             row{"1.0", "Connection: Keep-Alive\r\n", " 1.0 keep "},
             row{"1.0", "Connection: keep-alive, close\r\n", " 1.0 close "},
         }) {
        auto const text =
            "GET / HTTP/" + std::string(version) + "\r\nHost: x\r\n" + std::string(fields) + "\r\n";
        BOOST_TEST_CONTEXT(text) BOOST_TEST(described(text).find(verdict) != std::string::npos);
    }
}

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
             row{"POST /1 ? 1.1 keep", first.size()},
             row{"GET /2 ? 1.1 keep", second.size()},
             row{"GET /2 ? 1.1 keep", second.size() + 2},
         }) {
        auto const result = parser.feed(bytes);
        BOOST_TEST(described(result).starts_with(found));
        BOOST_TEST(std::get<parsed_request>(result).size == size);
        bytes.remove_prefix(size);
        parser.reset();
    }
    BOOST_TEST(described(parser.feed(bytes)) == "needs head");
}

BOOST_AUTO_TEST_CASE(a_body_that_nobody_wants_is_no_part_of_the_request)
{
    struct row {
        std::string fields;
        std::string_view found;
    };

    auto const head = "POST /no-body HTTP/1.1\r\nHost: x\r\n"s;

    for (auto const& [fields, found] : {
             row{"", "keep"},
             row{"Content-Length: 0\r\n", "keep"},
             row{"Content-Length: 77\r\n", "close"},
             row{"Content-Length: 77\r\nExpect: 100-continue\r\n", "close"},
             row{"Content-Length: 18446744073709551615\r\n", "close"},
             row{"Transfer-Encoding: chunked\r\n", "close"},
             row{"Transfer-Encoding: gzip, chunked\r\n", "close"},
             row{"Transfer-Encoding: gzip\r\n", "close"},
             row{"Transfer-Encoding:\r\n", "close"},
             row{"Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "close"},
             row{"Connection: keep-alive\r\nContent-Length: 5\r\n", "close"},
         }) {
        auto const text = head + fields + "\r\n";
        for (auto const* const behind :
             {"", "5\r\nhello\r\n0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"}) {
            request_parser parser{small, wants_body};
            auto const bytes = text + behind;
            auto const result = parser.feed(bytes);
            BOOST_TEST_CONTEXT(text)
            {
                BOOST_TEST(described(result).starts_with("POST /no-body ? 1.1 " + std::string{found}));
                BOOST_REQUIRE(std::holds_alternative<parsed_request>(result));
                BOOST_TEST(std::get<parsed_request>(result).size == text.size());
                BOOST_TEST(std::get<parsed_request>(result).request.body == "");
            }
        }
        for (std::size_t const step : {1U, 3U, 10U}) BOOST_TEST(fed_in_parts(text, step) == described(text));
    }
    for (std::string const bad : {"-1", "x", "5, 5"}) {
        BOOST_TEST(described(head + "Content-Length: " + bad + "\r\n\r\n") == "refused 0");
    }
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
