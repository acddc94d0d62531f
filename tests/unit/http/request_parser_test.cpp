#include "http/request_parser.hpp"

#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <string_view>
#include <variant>

namespace jwtgate::http {

std::ostream& operator<<(std::ostream& out, refusal why)
{
    return out << static_cast<int>(why);
}

}  // namespace jwtgate::http

namespace {

using namespace jwtgate::http;
using namespace std::string_literals;

constexpr limits small{.header = 1024, .target = 100, .body = 50};

// What a test compares: all that the parser found, or why it did not.
std::string described(parsed_request const& parsed)
{
    auto const& req = parsed.request;
    std::string all{req.method};
    all.append(" ").append(req.path).append(" ?").append(req.query);
    all.append(parsed.http_1_0 ? " 1.0" : " 1.1").append(parsed.keep_alive ? " keep" : " close");
    for (auto const& each : req.fields)
        all.append(" ").append(each.name).append("=<").append(each.value).append(">");
    return all.append(" ").append(req.body);
}

std::string described(parse_result const& result)
{
    if (auto const* const why = std::get_if<refusal>(&result))
        return "refused " + std::to_string(static_cast<int>(*why));
    if (auto const* const more = std::get_if<need_more>(&result))
        return more->in_body ? "needs body" : "needs head";
    return described(std::get<parsed_request>(result));
}

std::string described(std::string_view text)
{
    request_parser parser{small};
    return described(parser.feed(text));
}

// A copy of each prefix, so that nothing can hang on to the bytes of the call before.
std::string fed_in_parts(std::string_view text, std::size_t step)
{
    request_parser parser{small};
    std::string outcome;
    for (std::size_t size = step;; size += step) {
        std::string const prefix{text.substr(0, size)};
        auto const result = parser.feed(prefix);
        outcome = described(result);
        if (!std::holds_alternative<need_more>(result) || size >= text.size()) return outcome;
    }
}

void check_refused(std::string const& text, refusal why)
{
    BOOST_TEST_CONTEXT(text)
    {
        request_parser parser{small};
        auto const result = parser.feed(text);
        auto const* const refused = std::get_if<refusal>(&result);
        BOOST_REQUIRE_MESSAGE(refused != nullptr, described(result));
        BOOST_TEST(*refused == why);
        for (std::size_t const step : {1U, 2U, 7U}) BOOST_TEST(fed_in_parts(text, step) == described(text));
    }
}

std::string with_fields(std::string_view fields)
{
    return "GET / HTTP/1.1\r\nHost: x\r\n" + std::string(fields) + "\r\n";
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    while (times-- > 0) all += text;
    return all;
}

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

BOOST_AUTO_TEST_CASE(refuses_what_could_be_framed_in_two_ways)
{
    for (auto const value :
         {"+5", "-5", "5,5", "5, 5", "5 5", "0x5", "5.0", "a", "", "18446744073709551616", "5;"}) {
        check_refused(with_fields("Content-Length: "s + value + "\r\n"), refusal::malformed);
    }
    check_refused(with_fields("Content-Length: 5\r\nContent-Length: 5\r\n"), refusal::malformed);
    check_refused(with_fields("Content-Length: 5\r\nContent-Length: 6\r\n"), refusal::malformed);
    for (auto const value :
         {"chunked",
          "gzip",
          "gzip, chunked",
          "chunked, chunked",
          "identity",
          "",
          "xchunked",
          "\"chunked\""}) {
        check_refused(with_fields("Transfer-Encoding: "s + value + "\r\n"), refusal::length_required);
    }
    check_refused(
        with_fields("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), refusal::length_required
    );
    check_refused(
        with_fields("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), refusal::length_required
    );
    check_refused(with_fields("transfer-encoding: gzip\r\nContent-Length: 5\r\n"), refusal::length_required);
    check_refused(
        "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", refusal::length_required
    );
}

BOOST_AUTO_TEST_CASE(refuses_malformed_lines)
{
    for (auto const& text : {
             "GET / HTTP/1.1\nHost: x\r\n\r\n"s,
             "GET / HTTP/1.1\r\nHost: x\n\r\n"s,
             "GET / HTTP/1.1\r\nHost: x\r\n\n"s,
             "GET / HTTP/1.1\rHost: x\r\n\r\n"s,
             "GET / HTTP/1.1\r\r\nHost: x\r\n\r\n"s,
             "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"s,
             "\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"s,
             " GET / HTTP/1.1\r\nHost: x\r\n\r\n"s,
             "GET  / HTTP/1.1\r\nHost: x\r\n\r\n"s,
             "GET /  HTTP/1.1\r\nHost: x\r\n\r\n"s,
             "GET / HTTP/1.1 \r\nHost: x\r\n\r\n"s,
             "GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n"s,
             "G(T / HTTP/1.1\r\nHost: x\r\n\r\n"s,
             "GET /\r\nHost: x\r\n\r\n"s,
             "GET\r\n"s,
             "HELO mail\r\n"s,
             "GET / http/1.1\r\nHost: x\r\n\r\n"s,
             "GET / HTTP/1.1.1\r\nHost: x\r\n\r\n"s,
             "GET / HTTP/11\r\nHost: x\r\n\r\n"s,
             "GET / HT\r\n"s,
             "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"s,
             "GET /\x01 HTTP/1.1\r\n"s,
             "GET /\0 HTTP/1.1\r\n"s,
             "GET /\x7f HTTP/1.1\r\n"s,
             "GET /\xc3\xa4 HTTP/1.1\r\n"s,
             "GET /#a HTTP/1.1\r\n"s,
             "GET a HTTP/1.1\r\n"s,
             "OPTIONS * HTTP/1.1\r\n"s,
             "CONNECT x:80 HTTP/1.1\r\n"s,
             "GET http:///a HTTP/1.1\r\n"s,
             "GET http://a@b/ HTTP/1.1\r\n"s,
             "\x16\x03\x01\x02"s,
             with_fields("A : b\r\n"),
             with_fields("A\r\n"),
             with_fields(": b\r\n"),
             with_fields("A b: c\r\n"),
             with_fields("A\xc3: c\r\n"),
             with_fields("A: b\0c\r\n"s),
             with_fields("A: b\x0b\r\n"),
             with_fields("A: b\rc\r\n"),
             with_fields("A: b\r\n c\r\n"),
             with_fields("A: b\r\n\tc\r\n"),
             with_fields("A: b\r\n \r\n"),
             with_fields("A:\r\n b\r\n"),
             with_fields("Connection: a b\r\n"),
             "GET / HTTP/1.1\r\n Host: x\r\n\r\n"s,
         }) {
        check_refused(text, refusal::malformed);
    }
}

BOOST_AUTO_TEST_CASE(wants_exactly_one_good_host)
{
    for (std::string const version : {"1.0", "1.1"}) {
        auto const head = "GET / HTTP/" + version + "\r\n";
        check_refused(head + "\r\n", refusal::malformed);
        check_refused(head + "A: b\r\n\r\n", refusal::malformed);
        check_refused(head + "Host:\r\n\r\n", refusal::malformed);
        check_refused(head + "Host: x\r\nhost: x\r\n\r\n", refusal::malformed);
        check_refused(head + "Host: a b\r\n\r\n", refusal::malformed);
        check_refused(head + "Host: a,b\r\n\r\n", refusal::malformed);
        check_refused(head + "Host: u@x\r\n\r\n", refusal::malformed);
        check_refused(head + "Host: x/\r\n\r\n", refusal::malformed);
        check_refused(head + "Host: x:port\r\n\r\n", refusal::malformed);
    }
}

BOOST_AUTO_TEST_CASE(refuses_other_versions)
{
    for (auto const version : {"0.9", "1.2", "1.9", "2.0", "3.0", "9.9"}) {
        check_refused("GET / HTTP/"s + version + "\r\nHost: x\r\n\r\n", refusal::unsupported_version);
    }
    check_refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", refusal::unsupported_version);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_too_large)
{
    auto const longest_target = "/" + std::string(small.target - 1, 'a');
    BOOST_TEST(described("GET " + longest_target + " HTTP/1.1\r\nHost: x\r\n\r\n").starts_with("GET /aaa"));
    check_refused("GET " + longest_target + "a HTTP/1.1\r\nHost: x\r\n\r\n", refusal::target_too_large);
    check_refused("GET " + longest_target + "a", refusal::target_too_large);
    check_refused("GET " + longest_target + "aaaa\x01", refusal::target_too_large);
    check_refused("GET /\x01" + longest_target, refusal::malformed);

    check_refused(std::string(small.header, 'A'), refusal::header_too_large);
    check_refused(with_fields("A: " + std::string(small.header, 'a') + "\r\n"), refusal::header_too_large);
    check_refused(with_fields(repeated("A: b\r\n", small.header / 6)), refusal::header_too_large);

    BOOST_TEST(described(with_fields("Content-Length: 50\r\n")) == "needs body");
    check_refused(with_fields("Content-Length: 51\r\n"), refusal::body_too_large);
    check_refused(with_fields("Content-Length: 18446744073709551615\r\n"), refusal::body_too_large);
}

BOOST_AUTO_TEST_CASE(a_head_may_be_exactly_as_long_as_the_limit)
{
    auto const rest = with_fields("A: \r\n").size();
    auto const longest = with_fields("A: " + std::string(small.header - rest, 'a') + "\r\n");
    BOOST_REQUIRE(longest.size() == small.header);

    BOOST_TEST(described(longest).starts_with("GET / ? 1.1 keep "));
    BOOST_TEST(described("\r\n" + longest) == "refused 2");
}

BOOST_AUTO_TEST_CASE(bounds_the_number_of_fields)
{
    auto const most = repeated("A:\r\n", max_fields - 1);

    BOOST_TEST(described(with_fields(most)).starts_with("GET /"));
    check_refused(with_fields(most + "A:\r\n"), refusal::header_too_large);
}

BOOST_AUTO_TEST_CASE(takes_pipelined_requests_one_by_one)
{
    auto const first = "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"s;
    std::string const second = "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n";
    auto const all = first + second + "\r\n" + second + "GET /3";
    std::string_view bytes = all;
    request_parser parser{small};

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
        request_parser parser{small};
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
