#include "http/connection.hpp"

#include "unit/http/loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;
using namespace std::chrono_literals;

// The data segments that came in: on the loopback, one for each write of the server.
std::uint32_t segments_in(peer& client)
{
    struct {
        tcp_info known;  // to the C library; the kernel goes on with:
        std::array<std::uint64_t, 4> rates_and_bytes;
        std::array<std::uint32_t, 4> others;
        std::uint32_t data_segs_in;
    } info{};

    socklen_t size = sizeof info;
    BOOST_REQUIRE(::getsockopt(client.native_handle(), IPPROTO_TCP, TCP_INFO, &info, &size) == 0);
    BOOST_REQUIRE(size >= sizeof info - sizeof(std::uint32_t));
    return info.data_segs_in;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_connection)

BOOST_AUTO_TEST_CASE(answers_one_request_after_the_other)
{
    running_server server;
    peer client{server.port()};

    for (std::string const path : {"/1", "/2", "/3"}) {
        client.send(get(path));
        auto const answer = client.receive();
        BOOST_TEST(status_of(answer) == "200");
        BOOST_TEST(body_of(answer) == "GET " + path);
        BOOST_TEST(answer.find("Connection:") == std::string::npos);
        BOOST_TEST(answer.find("\r\nDate: ") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(answers_pipelined_requests_in_order_with_one_write)
{
    running_server server;
    peer client{server.port()};
    std::string requests;
    for (int i = 0; i < 16; ++i) requests += get("/" + std::to_string(i));

    client.send(requests);

    for (int i = 0; i < 16; ++i) BOOST_TEST(body_of(client.receive()) == "GET /" + std::to_string(i));
    BOOST_TEST(segments_in(client) == 1U);
}

BOOST_AUTO_TEST_CASE(answers_more_than_one_batch_of_pipelined_requests)
{
    running_server server;
    peer client{server.port()};
    constexpr int count = 2000;
    std::string requests;
    for (int i = 0; i < count; ++i) requests += get("/empty");

    std::thread sender([&] { client.send(requests); });
    int answered = 0;
    while (answered < count && status_of(client.receive()) == "200") ++answered;
    sender.join();

    BOOST_TEST(answered == count);
}

BOOST_AUTO_TEST_CASE(others_are_served_while_one_sends_without_an_end)
{
    running_server server;
    peer flood{server.port()};
    std::string requests;
    for (int i = 0; i < 1000; ++i) requests += get("/empty");
    std::atomic<bool> stop = false;
    std::thread sender([&] {
        while (!stop) flood.send(requests);
        flood.send_end();
    });
    std::thread reader([&] { flood.receive_all(); });

    peer client{server.port()};
    for (int i = 0; i < 20; ++i) {
        client.send(get("/1"));
        BOOST_TEST(body_of(client.receive()) == "GET /1");
    }
    stop = true;
    sender.join();
    reader.join();
}

BOOST_AUTO_TEST_CASE(a_waiting_handler_keeps_the_order_and_holds_back_no_earlier_answer)
{
    running_server server;
    peer client{server.port()};

    client.send(get("/1") + get("/wait") + get("/2"));
    BOOST_TEST(body_of(client.receive()) == "GET /1");
    server.shared().entered.get_future().wait();
    server.shared().release.set_value();

    BOOST_TEST(body_of(client.receive()) == "waited");
    BOOST_TEST(body_of(client.receive()) == "GET /2");
}

// What came while the handler worked is not left until something else wakes the worker: that would be its
// tick, which comes four times a second.
BOOST_AUTO_TEST_CASE(a_request_that_came_meanwhile_is_answered_at_once)
{
    constexpr int rounds = 12;
    constexpr std::chrono::milliseconds at_once{40};
    int prompt = 0;
    for (int i = 0; i < rounds; ++i) {
        running_server server;
        peer client{server.port()};
        client.send(get("/wait"));
        server.shared().entered.get_future().wait();
        client.send(get("/2"));
        peer other{server.port()};
        other.send(get("/"));
        BOOST_TEST(status_of(other.receive()) == "200");
        server.shared().release.set_value();
        BOOST_TEST(body_of(client.receive()) == "waited");
        if (client.is_readable_within(at_once)) ++prompt;
        BOOST_TEST(body_of(client.receive()) == "GET /2");
    }
    BOOST_TEST(prompt > rounds / 2);
}

BOOST_AUTO_TEST_CASE(other_connections_are_served_while_a_handler_waits)
{
    running_server server;
    peer waiting{server.port()};
    waiting.send(get("/wait"));
    server.shared().entered.get_future().wait();

    peer client{server.port()};
    client.send(get("/"));
    BOOST_TEST(status_of(client.receive()) == "200");

    server.shared().release.set_value();
    BOOST_TEST(body_of(waiting.receive()) == "waited");
}

BOOST_AUTO_TEST_CASE(head_has_the_fields_of_get_and_no_body)
{
    running_server server;
    peer client{server.port()};

    client.send("HEAD /empty-not HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    auto const answer = client.receive_all();

    BOOST_TEST(status_of(answer) == "200");
    BOOST_TEST(has_field(answer, "Content-Length: 15"));
    BOOST_TEST(body_of(answer) == "");
}

BOOST_AUTO_TEST_CASE(a_refused_head_has_no_body_either)
{
    running_server server;
    for (auto const* const request : {"HEAD / HTTP/1.1\r\n\r\n", "\r\nHEAD / HTTP/1.1\r\n\r\n"}) {
        peer client{server.port()};
        client.send(request);
        auto const answer = client.receive_all();
        BOOST_TEST(status_of(answer) == "400");
        BOOST_TEST(body_of(answer) == "");
    }
}

BOOST_AUTO_TEST_CASE(the_body_reaches_the_handler_however_it_comes)
{
    running_server server;
    peer client{server.port()};
    std::string const body(10'000, 'b');

    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n" + body.substr(0, 5));
    client.send(body.substr(5, 5000));
    client.send(body.substr(5005) + get("/next"));

    BOOST_TEST(body_of(client.receive()) == body);
    BOOST_TEST(body_of(client.receive()) == "GET /next");
}

BOOST_AUTO_TEST_CASE(closes_after_an_answer_when_either_side_wants_it)
{
    running_server server;
    for (auto const* const request : {
             "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
             "GET /close HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET / HTTP/1.0\r\nHost: x\r\n\r\n",
         }) {
        peer client{server.port()};
        client.send(request + get("/never"));
        auto const all = client.receive_all();
        BOOST_TEST_CONTEXT(request)
        {
            BOOST_TEST(status_of(all) == "200");
            BOOST_TEST(has_field(all, "Connection: close"));
            BOOST_TEST(all.find("never") == std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(http_1_0_may_keep_the_connection)
{
    running_server server;
    peer client{server.port()};

    for (int i = 0; i < 2; ++i) {
        client.send("GET / HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n");
        BOOST_TEST(has_field(client.receive(), "Connection: keep-alive"));
    }
}

BOOST_AUTO_TEST_CASE(continues_once_when_the_client_waits_for_it)
{
    running_server server;
    peer client{server.port()};

    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(client.receive() == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("a");
    client.send("b");
    BOOST_TEST(body_of(client.receive()) == "ab");
}

BOOST_AUTO_TEST_CASE(a_large_answer_arrives_whole)
{
    running_server server;
    peer client{server.port()};

    client.send(get("/large") + get("/next"));

    BOOST_TEST(body_of(client.receive()).size() == test_application::large_size);
    BOOST_TEST(body_of(client.receive()) == "GET /next");
}

BOOST_AUTO_TEST_SUITE_END()
