#include "http/server.hpp"
#include "unit/http/loopback.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;
using namespace std::chrono_literals;

using peers = std::vector<std::unique_ptr<peer>>;

server_config full_with(std::size_t connections, std::size_t threads)
{
    return {
        .listen = {},
        .threads = threads,
        .limits = {.connections = connections, .header_timeout = 1h, .body_timeout = 1h, .idle_timeout = 1h},
        .own_user_only = false};
}

/// Connected, and behind their first request, one after the other.
peers idle_peers(running_server& server, std::size_t count)
{
    peers made;
    while (made.size() < count) {
        made.push_back(std::make_unique<peer>(server.port()));
        made.back()->send(get("/"));
        BOOST_TEST(status_of(made.back()->receive()) == "200");
    }
    return made;
}

bool is_served(peer& client)
{
    client.send(get("/"));
    return status_of(client.receive()) == "200";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_full_server)

BOOST_AUTO_TEST_CASE(the_connection_idle_for_longest_makes_room)
{
    running_server server{full_with(4, 1)};
    auto held = idle_peers(server, 4);
    BOOST_TEST(is_served(*held[0]));  // so held[1] is idle for longest

    peer fresh{server.port()};
    BOOST_TEST(is_served(fresh));

    BOOST_TEST(held[1]->receive_all() == "");
    held.erase(held.begin() + 1);
    for (auto const& each : held) BOOST_TEST(is_served(*each));
}

// Which one that is depends on when each worker's thread comes to look at the time.
BOOST_AUTO_TEST_CASE(one_connection_of_all_workers_makes_room)
{
    for (std::size_t const threads : {2U, 3U}) {
        running_server server{full_with(2, threads)};
        auto const held = idle_peers(server, 2 * threads);

        peer fresh{server.port()};
        BOOST_TEST(is_served(fresh));

        auto const served = std::ranges::count_if(held, [](auto const& each) { return is_served(*each); });
        BOOST_TEST(served == static_cast<std::ptrdiff_t>(held.size()) - 1);
    }
}

BOOST_AUTO_TEST_CASE(it_goes_on_as_long_as_there_are_idle_ones)
{
    running_server server{full_with(3, 1)};
    auto held = idle_peers(server, 3);

    auto const fresh = idle_peers(server, 3);

    for (auto const& each : held) BOOST_TEST(each->receive_all() == "");
    for (auto const& each : fresh) BOOST_TEST(is_served(*each));
}

BOOST_AUTO_TEST_CASE(none_is_closed_while_nobody_waits)
{
    running_server server{full_with(3, 1)};
    auto const held = idle_peers(server, 3);

    for (auto const& each : held) BOOST_TEST(!each->is_readable_within(50ms));
    for (auto const& each : held) BOOST_TEST(is_served(*each));
}

BOOST_AUTO_TEST_CASE(who_is_within_a_request_or_has_not_asked_yet_stays)
{
    std::string const upload = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";

    struct row {
        std::string before;
        std::string begun;
        std::string rest;
    };

    for (auto const& [before, begun, rest] : {
             row{"", "", get("/")},
             row{"", "G", get("/").substr(1)},
             row{get("/"), "GET / HT", get("/").substr(8)},
             row{get("/"), upload, "hello"},
             row{"", upload + "hell", "o"},
         }) {
        running_server server{full_with(1, 1)};
        auto first = std::make_unique<peer>(server.port());
        first->send(before);
        if (!before.empty()) first->receive();
        first->send(begun);
        BOOST_TEST(!first->is_readable_within(50ms));  // it has been accepted, and what it sent been read

        peer fresh{server.port()};
        fresh.send(get("/"));
        BOOST_TEST(!fresh.is_readable_within(250ms));
        first->send(rest);
        BOOST_TEST(status_of(first->receive()) == "200");
        BOOST_TEST(status_of(fresh.receive()) == "200");  // now that the first is idle
    }
}

BOOST_AUTO_TEST_CASE(who_is_silent_from_the_start_goes_after_the_time_of_a_header)
{
    running_server server{with({.connections = 1, .header_timeout = 100ms, .idle_timeout = 1h})};
    peer silent{server.port()};
    peer fresh{server.port()};

    BOOST_TEST(is_served(fresh));
    BOOST_TEST(silent.receive_all() == "");
}

BOOST_AUTO_TEST_CASE(a_full_server_ends)
{
    for (std::size_t const threads : {1U, 2U}) {
        running_server server{full_with(1, threads)};
        peers held;
        for (std::size_t i = 0; i < 2 * threads; ++i) held.push_back(std::make_unique<peer>(server.port()));
        server.drain();
        for (auto const& each : held) BOOST_TEST(each->receive_all() == "");
    }
}

BOOST_AUTO_TEST_SUITE_END()
