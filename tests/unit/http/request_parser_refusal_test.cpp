#include "http/request_parser.hpp"
#include "unit/http/parser_probe.hpp"

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
using namespace jwtgate::http::test;
using namespace std::string_literals;

void check_refused(std::string const& text, refusal why)
{
    BOOST_TEST_CONTEXT(text)
    {
        request_parser parser{small, wants_body};
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

BOOST_AUTO_TEST_SUITE(http_request_parser_refusal)

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

BOOST_AUTO_TEST_CASE(wants_exactly_one_good_host_which_http_1_0_may_leave_out)
{
    for (std::string const fields : {"", "A: b\r\n", "Hosts: x\r\n"}) {
        check_refused("GET / HTTP/1.1\r\n" + fields + "\r\n", refusal::malformed);
        check_refused("GET http://x/ HTTP/1.1\r\n" + fields + "\r\n", refusal::malformed);
        BOOST_TEST(described("GET / HTTP/1.0\r\n" + fields + "\r\n").starts_with("GET / ? 1.0 close "));
    }
    for (std::string const version : {"1.0", "1.1"}) {
        auto const head = "GET / HTTP/" + version + "\r\n";
        BOOST_TEST(described(head + "Host: x\r\n\r\n").starts_with("GET / ? " + version));
        check_refused(head + "Host:\r\n\r\n", refusal::malformed);
        check_refused(head + "Host: \t\r\n\r\n", refusal::malformed);
        check_refused(head + "Host: x\r\nHost:\r\n\r\n", refusal::malformed);
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

BOOST_AUTO_TEST_SUITE_END()
