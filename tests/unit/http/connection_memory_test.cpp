#include "http/connection.hpp"
#include "http/read_buffer.hpp"
#include "unit/http/loopback.hpp"
#include "unit/http/watched_memory.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/socket.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace jwtgate::http;
using namespace jwtgate::http::test;

// The clients are in the same process, and Asio keeps something for each of their sockets.
constexpr std::size_t peer_size = sizeof(peer) + 4096;
constexpr std::string_view secret = "correct-horse-battery-staple";

// What the client has of the secret is not on the heap, so all that is found is the server's.
std::array<char, 65536> sent;
std::array<char, 65536> received;

std::string_view echo_request(std::size_t body_size)
{
    auto const head =
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body_size) + "\r\n\r\n";
    sent.fill('.');
    std::ranges::copy(head, sent.begin());
    std::ranges::copy(secret, sent.begin() + static_cast<std::ptrdiff_t>(head.size()));
    return {sent.data(), head.size() + body_size};
}

std::string_view receive(peer& client, std::size_t body_size)
{
    std::size_t size = 0;
    std::string_view answer;
    do {
        auto const more = ::recv(client.native_handle(), received.data() + size, received.size() - size, 0);
        if (more <= 0) break;
        size += static_cast<std::size_t>(more);
        answer = {received.data(), size};
    } while (answer.find("\r\n\r\n") == std::string_view::npos ||
             answer.size() < answer.find("\r\n\r\n") + 4 + body_size);
    return answer;
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    while (times-- > 0) all += text;
    return all;
}

/// What a server has allocated whose connections, so many, are idle behind this request.
std::size_t idle_size_after(std::string_view request, std::size_t connections)
{
    watched_memory const watch{secret};
    running_server server;
    std::vector<std::unique_ptr<peer>> clients;
    while (clients.size() < connections) {
        clients.push_back(std::make_unique<peer>(server.port()));
        clients.back()->send(request);
        BOOST_TEST(status_of(receive(*clients.back(), 0)) == "200");
    }
    peer other{server.port()};
    other.send(get("/block"));
    server.shared().entered.get_future().wait();  // now the worker stands still
    auto const size = watch.live_size();
    server.shared().release.set_value();
    return size;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_connection_memory)

BOOST_AUTO_TEST_CASE(the_watch_finds_what_is_there)
{
    watched_memory const watch{secret};
    auto text = std::make_unique<std::string>(secret);
    BOOST_TEST(watch.live_with_it() == 1U);
    text.reset();
    BOOST_TEST(watch.live_with_it() == 0U);
    BOOST_TEST(watch.freed_with_it() == 1U);
}

BOOST_AUTO_TEST_CASE(no_block_is_freed_with_what_a_client_sent_or_got)
{
    for (std::size_t const body_size : {100U, 5'000U, 10'000U, 16'384U}) {
        watched_memory const watch{secret};
        {
            running_server server;
            peer client{server.port()};
            auto const request = echo_request(body_size);
            client.send(request.substr(0, 3'000));
            peer other{server.port()};
            other.send(get("/"));
            other.receive();  // so the first part has been read
            client.send(request.substr(std::min<std::size_t>(3'000, request.size())));
            BOOST_TEST(receive(client, body_size).find(secret) != std::string_view::npos);
        }
        BOOST_TEST(watch.freed_with_it() == 0U);
    }
}

BOOST_AUTO_TEST_CASE(no_block_is_freed_while_answers_pile_up)
{
    watched_memory const watch{secret};
    {
        running_server server;
        peer client{server.port()};
        constexpr std::size_t body_size = 200;
        auto const one = echo_request(body_size).size();
        for (std::size_t i = 1; i < 16; ++i) {
            std::ranges::copy(
                std::string_view{sent.data(), one}, sent.begin() + static_cast<std::ptrdiff_t>(i * one)
            );
        }
        client.send({sent.data(), 16 * one});
        receive(client, 16 * body_size);
    }
    BOOST_TEST(watch.freed_with_it() == 0U);
}

BOOST_AUTO_TEST_CASE(an_idle_connection_holds_nothing_of_its_last_request_and_answer)
{
    for (std::size_t const body_size : {100U, 2'000U, 10'000U}) {
        watched_memory const watch{secret};
        running_server server;
        peer client{server.port()};
        peer other{server.port()};
        client.send(echo_request(body_size));
        receive(client, body_size);

        other.send(get("/block"));
        server.shared().entered.get_future().wait();  // now the worker stands still
        BOOST_TEST(watch.live_with_it() == 0U);
        server.shared().release.set_value();
    }
}

BOOST_AUTO_TEST_CASE(moving_what_is_left_leaves_no_copy)
{
    watched_memory const watch{secret};
    {
        read_buffer buffer{read_buffer::idle_size};
        auto const space = buffer.space();
        std::ranges::copy(secret, space.end() - static_cast<std::ptrdiff_t>(secret.size()));
        buffer.commit(space.size());
        buffer.consume(space.size() - secret.size());
        buffer.space();
        buffer.consume(secret.size());
        BOOST_TEST(watch.live_with_it() == 0U);
    }
    BOOST_TEST(watch.freed_with_it() == 0U);
}

BOOST_AUTO_TEST_CASE(an_idle_connection_holds_little_memory_even_after_a_large_exchange)
{
    auto const many_fields = "GET / HTTP/1.1\r\nHost: x\r\n" + repeated("A: b\r\n", 255) + "\r\n";
    auto const large_header = "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(39'000, 'a') + "\r\n\r\n";
    auto const large_body =
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 16000\r\n\r\n" + std::string(16'000, 'a');
    for (auto const& request : {get("/"), many_fields, large_header, large_body}) {
        auto const alone = idle_size_after(request, 1);
        BOOST_TEST(idle_size_after(request, 21) < alone + 20 * (1024 + peer_size));
    }
}

BOOST_AUTO_TEST_SUITE_END()
