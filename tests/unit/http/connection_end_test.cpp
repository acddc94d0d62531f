#include "http/connection.hpp"
#include "unit/http/loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;
using namespace std::chrono_literals;

}  // namespace

BOOST_AUTO_TEST_SUITE(http_connection_end)

BOOST_AUTO_TEST_CASE(a_body_that_is_too_large_is_refused_before_it_comes)
{
    running_server server{with({.body = 10})};
    peer client{server.port()};

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");

    BOOST_TEST(status_of(client.receive_all()) == "403");
}

BOOST_AUTO_TEST_CASE(the_answer_to_a_refused_upload_can_be_read_while_it_still_comes)
{
    running_server server{with({.body = 10})};
    peer client{server.port()};

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    client.send(std::string(1'000'000, 'x'));
    auto const answer = client.receive_all();

    BOOST_TEST(status_of(answer) == "403");
    BOOST_TEST(body_of(answer) == "refused");
}

BOOST_AUTO_TEST_CASE(a_refusal_follows_earlier_answers_and_ends_the_connection)
{
    running_server server;
    peer client{server.port()};

    client.send(get("/1") + "GET / HTTP/1.1\nHost: x\n\n" + get("/2"));

    BOOST_TEST(body_of(client.receive()) == "GET /1");
    auto const refused = client.receive_all();
    BOOST_TEST(status_of(refused) == "400");
    BOOST_TEST(has_field(refused, "Connection: close"));
    BOOST_TEST(body_of(refused) == "refused");
}

BOOST_AUTO_TEST_CASE(half_a_request_and_no_more_is_malformed)
{
    running_server server;
    peer client{server.port()};

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    client.send_end();

    BOOST_TEST(status_of(client.receive_all()) == "400");
}

BOOST_AUTO_TEST_CASE(a_client_that_ends_its_side_gets_its_answers)
{
    running_server server;
    peer client{server.port()};

    client.send(get("/1") + get("/2"));
    client.send_end();

    BOOST_TEST(body_of(client.receive()) == "GET /1");
    BOOST_TEST(body_of(client.receive_all()) == "GET /2");
}

BOOST_AUTO_TEST_CASE(a_handler_that_fails_ends_its_connection_only)
{
    running_server server;
    for (auto const* const path : {"/throw", "/throw-late", "/throw-later", "/nothing", "/split"}) {
        peer client{server.port()};
        client.send(get("/1") + get(path) + get("/2"));
        BOOST_TEST_CONTEXT(path)
        {
            BOOST_TEST(body_of(client.receive()) == "GET /1");
            auto const failed = client.receive_all();
            BOOST_TEST(status_of(failed) == "407");
            BOOST_TEST(body_of(failed) == "refused");
        }
    }
    peer client{server.port()};
    client.send(get("/"));
    BOOST_TEST(status_of(client.receive()) == "200");
}

BOOST_AUTO_TEST_CASE(a_head_that_does_not_end_in_time_is_told_so_though_it_drips)
{
    running_server server{with({.header_timeout = 100ms})};
    peer client{server.port()};
    auto const start = std::chrono::steady_clock::now();

    client.send("GET / HTTP/1.1\r\nHost: x\r\nX: ");
    while (!client.is_readable_within(10ms)) client.send("x");

    BOOST_TEST((std::chrono::steady_clock::now() - start >= 100ms));
    BOOST_TEST(status_of(client.receive_all()) == "406");
}

BOOST_AUTO_TEST_CASE(a_body_that_does_not_end_in_time_is_told_so_though_it_drips)
{
    running_server server{with({.body_timeout = 100ms})};
    peer client{server.port()};

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n");
    while (!client.is_readable_within(10ms)) client.send("x");

    BOOST_TEST(status_of(client.receive_all()) == "406");
}

BOOST_AUTO_TEST_CASE(an_idle_connection_is_closed_without_a_word)
{
    running_server server{with({.header_timeout = 100ms, .idle_timeout = 100ms})};
    peer fresh{server.port()};
    peer used{server.port()};
    used.send(get("/"));
    used.receive();

    BOOST_TEST(fresh.receive_all() == "");
    BOOST_TEST(used.receive_all() == "");
}

BOOST_AUTO_TEST_CASE(the_first_request_has_to_come_within_the_time_of_a_header)
{
    running_server server{with({.header_timeout = 100ms, .idle_timeout = 1h})};
    peer silent{server.port()};
    peer used{server.port()};
    used.send(get("/"));
    used.receive();

    BOOST_TEST(silent.receive_all() == "");
    BOOST_TEST(!used.is_readable_within(100ms));
}

BOOST_AUTO_TEST_CASE(a_handler_may_take_longer_than_every_time_out)
{
    running_server server{
        with({.header_timeout = 20ms, .body_timeout = 20ms, .write_timeout = 20ms, .idle_timeout = 20ms})};
    peer client{server.port()};

    client.send(get("/wait"));
    server.shared().entered.get_future().wait();
    BOOST_TEST(!client.is_readable_within(200ms));
    server.shared().release.set_value();

    BOOST_TEST(body_of(client.receive()) == "waited");
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read_is_given_up)
{
    running_server server{with({.write_timeout = 100ms})};
    peer client{server.port()};

    client.send(get("/large"));
    BOOST_REQUIRE(client.is_readable_within(patience));
    server.drain();

    BOOST_TEST(client.receive_all().size() < test_application::large_size);
}

BOOST_AUTO_TEST_SUITE_END()
