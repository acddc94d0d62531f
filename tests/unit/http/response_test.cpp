#include "http/response.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using namespace jwtgate::http;
using namespace std::chrono_literals;
using namespace std::string_literals;

constexpr std::string_view date = "Date: today\r\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(http_response)

BOOST_AUTO_TEST_CASE(writes_head_fields_and_body)
{
    out_buffer out = "before ";
    response res{out, {.date = date}};

    res.start(401);
    res.add("WWW-Authenticate", "Bearer");
    res.finish("application/json", "{}");

    BOOST_TEST(
        out ==
        "before HTTP/1.1 401 Unauthorized\r\nDate: today\r\nWWW-Authenticate: Bearer\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    );
    BOOST_TEST(res.finished());
    BOOST_TEST(!res.closes());
}

BOOST_AUTO_TEST_CASE(an_empty_answer_says_so)
{
    out_buffer out;
    response res{out, {.date = date}};

    res.start(200);
    res.finish_empty();

    BOOST_TEST(out == "HTTP/1.1 200 OK\r\nDate: today\r\nContent-Length: 0\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(no_content_has_no_length)
{
    out_buffer out;
    response res{out, {.date = date}};

    res.start(204);
    res.finish_empty();

    BOOST_TEST(out == "HTTP/1.1 204 No Content\r\nDate: today\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(head_keeps_the_length_and_drops_the_body)
{
    out_buffer out;
    response res{out, {.head = true, .date = date}};

    res.start(200);
    res.finish("text/plain", "hello");

    BOOST_TEST(
        out == "HTTP/1.1 200 OK\r\nDate: today\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n"
    );
}

BOOST_AUTO_TEST_CASE(starting_again_throws_away_this_answer_only)
{
    out_buffer out = "earlier answer";
    response res{out, {.date = date}};
    res.start(200);
    res.add("Set-Cookie", "secret");

    res.start(503);
    res.finish_empty();

    BOOST_TEST(
        out == "earlier answerHTTP/1.1 503 Service Unavailable\r\nDate: today\r\nContent-Length: 0\r\n\r\n"
    );
}

BOOST_AUTO_TEST_CASE(what_an_answer_carries_outlives_a_new_start)
{
    out_buffer out;
    response res(out, {});
    res.carry("Vary: Origin\r\n");
    res.start(200);
    res.start(403);
    res.finish_empty();
    BOOST_TEST(
        std::string_view(out) == "HTTP/1.1 403 Forbidden\r\nVary: Origin\r\nContent-Length: 0\r\n\r\n"
    );
}

BOOST_AUTO_TEST_CASE(says_how_the_connection_goes_on)
{
    bool draining = false;

    struct row {
        response::frame frame;
        std::string_view says;
    };

    for (auto const& [frame, says] : {
             row{{}, ""},
             row{{.close = true}, "Connection: close\r\n"},
             row{{.http_1_0 = true}, "Connection: keep-alive\r\n"},
             row{{.close = true, .http_1_0 = true}, "Connection: close\r\n"},
             row{{.draining = &draining}, ""},
         }) {
        out_buffer out;
        response res{out, frame};
        res.start(204);
        res.finish_empty();
        BOOST_TEST(std::string_view{out} == "HTTP/1.1 204 No Content\r\n" + std::string(says) + "\r\n");
    }
}

BOOST_AUTO_TEST_CASE(a_drain_that_begins_meanwhile_closes)
{
    bool draining = false;
    out_buffer out;
    response res{out, {.draining = &draining}};
    res.start(204);

    draining = true;
    res.finish_empty();

    BOOST_TEST(out == "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    BOOST_TEST(res.closes());
}

BOOST_AUTO_TEST_CASE(the_application_may_close)
{
    out_buffer out;
    response res{out, {}};
    res.start(204);

    res.close();
    res.finish_empty();

    BOOST_TEST(out == "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(a_status_without_a_known_reason_is_still_a_status_line)
{
    out_buffer out;
    response res{out, {}};

    res.start(418);

    BOOST_TEST(out == "HTTP/1.1 418 \r\n");
}

BOOST_AUTO_TEST_CASE(a_control_octet_never_becomes_part_of_a_field)
{
    for (auto const& text :
         {"a\r\nSet-Cookie: b=c"s,
          "\r"s,
          "\n"s,
          "a\rb"s,
          "a\n"s,
          "\0"s,
          "a\0b"s,
          "\x01"s,
          "\x0b"s,
          "\x1f"s,
          "\x7f"s}) {
        out_buffer out;
        response res{out, {}};
        res.start(200);
        auto const before = std::string{out.begin(), out.end()};
        BOOST_CHECK_THROW(res.add("X", text), std::invalid_argument);
        BOOST_CHECK_THROW(res.add(text, "x"), std::invalid_argument);
        BOOST_CHECK_THROW(res.finish(text, "x"), std::invalid_argument);
        BOOST_TEST(std::string_view{out} == before);
        BOOST_TEST(!res.finished());
    }
}

BOOST_AUTO_TEST_CASE(every_other_octet_may_be_in_a_value)
{
    out_buffer out;
    response res{out, {}};
    res.start(200);
    for (std::string const value : {"", "\t", "a b", "\x80", "\xff", "~!"}) res.add("X", value);
    res.finish_empty();
    BOOST_TEST(out.find("X: \xff\r\n") != out_buffer::npos);
}

BOOST_AUTO_TEST_CASE(the_date_is_an_imf_fixdate)
{
    date_line line;

    BOOST_TEST(line.at(std::chrono::sys_seconds{784111777s}) == "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
    BOOST_TEST(line.at(std::chrono::sys_seconds{0s}) == "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n");
    BOOST_TEST(line.at(std::chrono::sys_seconds{1709251199s}) == "Date: Thu, 29 Feb 2024 23:59:59 GMT\r\n");
}

BOOST_AUTO_TEST_CASE(the_date_is_built_once_a_second)
{
    date_line line;

    auto const first = line.at(std::chrono::sys_seconds{784111777s});
    auto const same = line.at(std::chrono::sys_seconds{784111777s});

    BOOST_TEST(static_cast<void const*>(first.data()) == static_cast<void const*>(same.data()));
    BOOST_TEST(line.at(std::chrono::sys_seconds{784111778s}) == "Date: Sun, 06 Nov 1994 08:49:38 GMT\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
