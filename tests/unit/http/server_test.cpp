#include "http/server.hpp"

#include "unit/http/loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <set>
#include <string>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;
using namespace std::chrono_literals;

bool is_closing(std::string_view answer)
{
    return answer.find("\r\nConnection: close\r\n") != std::string_view::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_server)

BOOST_AUTO_TEST_CASE(gives_its_workers_connections_in_turn)
{
    running_server server{{.listen = {}, .threads = 2, .limits = {}, .own_user_only = false}};
    std::multiset<std::string> threads;
    std::vector<std::unique_ptr<peer>> clients;

    for (int i = 0; i < 4; ++i) {
        clients.push_back(std::make_unique<peer>(server.port()));
        clients.back()->send(get("/thread"));
        threads.insert(body_of(clients.back()->receive()));
    }

    BOOST_TEST(threads.count(*threads.begin()) == 2U);
    BOOST_TEST(threads.count(*threads.rbegin()) == 2U);
}

BOOST_AUTO_TEST_CASE(two_servers_live_side_by_side)
{
    running_server one;
    running_server other;

    for (auto* const server : {&one, &other}) {
        peer client{server->port()};
        client.send(get("/"));
        BOOST_TEST(status_of(client.receive()) == "200");
    }
}

BOOST_AUTO_TEST_CASE(tells_the_peer_of_a_connection)
{
    running_server server;
    peer client{server.port()};

    client.send(get("/peer"));

    BOOST_TEST(body_of(client.receive()) == "127.0.0.1");
}

BOOST_AUTO_TEST_CASE(ends_with_connections_open)
{
    auto server = std::make_unique<running_server>();
    peer idle{server->port()};
    idle.send(get("/"));
    idle.receive();
    peer halfway{server->port()};
    halfway.send("GET / HT");

    server.reset();

    BOOST_TEST(idle.receive_all() == "");
    BOOST_TEST(halfway.receive_all() == "");
}

BOOST_AUTO_TEST_CASE(ends_while_a_handler_waits)
{
    auto server = std::make_unique<running_server>();
    peer client{server->port()};
    client.send(get("/forever"));
    server->shared().entered.get_future().wait();

    server.reset();

    BOOST_TEST(client.receive_all() == "");
}

BOOST_AUTO_TEST_CASE(a_roll_call_is_done_when_every_worker_has_answered)
{
    running_server server{{.listen = {}, .threads = 3, .limits = {}}};

    BOOST_CHECK(server.roll_call().wait_for(patience) == std::future_status::ready);
}

BOOST_AUTO_TEST_CASE(a_roll_call_waits_for_a_worker_that_hangs)
{
    running_server server{{.listen = {}, .threads = 3, .limits = {}}};
    peer busy{server.port()};
    busy.send(get("/block"));
    server.shared().entered.get_future().wait();

    auto const called = server.roll_call();

    BOOST_CHECK(called.wait_for(50ms) == std::future_status::timeout);
    server.shared().release.set_value();
    BOOST_CHECK(called.wait_for(patience) == std::future_status::ready);
}

BOOST_AUTO_TEST_CASE(drain_without_connections_is_done_at_once)
{
    running_server server{with({.drain_timeout = 1min})};

    server.drain();

    BOOST_CHECK_THROW(peer{server.port()}, boost::system::system_error);
}

BOOST_AUTO_TEST_CASE(drain_answers_what_arrives_and_closes)
{
    running_server server;
    peer kept{server.port()};
    kept.send(get("/1"));
    BOOST_TEST(!is_closing(kept.receive()));
    peer waiting{server.port()};
    waiting.send(get("/wait"));
    server.shared().entered.get_future().wait();

    auto drained = std::async(std::launch::async, [&server] { server.drain(); });
    while (is_listening(server.port())) continue;
    kept.send(get("/2"));
    auto const last = kept.receive_all();
    server.shared().release.set_value();
    auto const waited = waiting.receive_all();
    drained.get();

    BOOST_TEST(is_closing(last));
    BOOST_TEST(body_of(last) == "GET /2");
    BOOST_TEST(is_closing(waited));
    BOOST_TEST(body_of(waited) == "waited");
}

BOOST_AUTO_TEST_CASE(drain_serves_what_waits_in_the_backlog)
{
    running_server server;
    peer busy{server.port()};
    busy.send(get("/block"));
    server.shared().entered.get_future().wait();

    auto drained = std::async(std::launch::async, [&server] { server.drain(); });
    std::vector<std::unique_ptr<peer>> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(std::make_unique<peer>(server.port()));
        clients.back()->send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }
    server.shared().release.set_value();

    for (auto const& client : clients) BOOST_TEST(status_of(client->receive_all()) == "200");
    busy.receive_all();
    drained.get();
}

BOOST_AUTO_TEST_CASE(drain_closes_what_stays_idle)
{
    running_server server{with({.drain_timeout = 1min})};
    peer idle{server.port()};
    idle.send(get("/"));
    idle.receive();

    server.drain();

    BOOST_TEST(idle.receive_all() == "");
}

BOOST_AUTO_TEST_CASE(drain_lets_a_body_in_progress_end)
{
    running_server server;
    peer client{server.port()};
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    client.receive();
    client.send("ab");

    auto drained = std::async(std::launch::async, [&server] { server.drain(); });
    while (is_listening(server.port())) continue;
    client.send("cd");
    auto const answer = client.receive_all();
    drained.get();

    BOOST_TEST(body_of(answer) == "abcd");
    BOOST_TEST(is_closing(answer));
}

BOOST_AUTO_TEST_CASE(drain_gives_up_after_its_time)
{
    running_server server{with({.drain_timeout = 100ms})};
    peer client{server.port()};
    client.send(get("/wait"));
    server.shared().entered.get_future().wait();

    server.drain();

    BOOST_TEST(!client.is_readable_within(0ms));
    server.shared().release.set_value();
}

BOOST_AUTO_TEST_SUITE_END()
