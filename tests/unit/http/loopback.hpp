#pragma once

#include "core/run_task.hpp"
#include "http/server.hpp"
#include "unit/http/test_application.hpp"

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <sys/socket.h>

#include <array>
#include <chrono>
#include <future>
#include <memory>
#include <poll.h>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::http::test {

constexpr std::chrono::seconds patience{10};  // only ever waited for when something is broken

/// A server of test_application; by default one worker on a free port of 127.0.0.1.
class running_server {
public:
    explicit running_server(server_config config = {})
        : server_{with_default_address(std::move(config)), log_}
    {
        names_ = server_.bind();
        server_.start([this] { return std::make_unique<test_application>(shared_); });
    }

    running_server(running_server const&) = delete;
    running_server& operator=(running_server const&) = delete;

    ~running_server() { shared_.pool.join(); }

    std::string const& name(std::size_t index = 0) const { return names_[index]; }

    unsigned short port() const
    {
        return static_cast<unsigned short>(std::stoul(name().substr(name().rfind(':') + 1)));
    }

    void drain() { server_.drain(); }

    std::future<void> roll_call()
    {
        return std::async(std::launch::async, [this] { core::run_task(server_.roll_call()); });
    }

    stage& shared() { return shared_; }

private:
    static server_config with_default_address(server_config config)
    {
        if (config.listen.empty()) config.listen = {"127.0.0.1:0"};
        return config;
    }

    core::log log_{core::log_level::off, core::log_format::text};
    stage shared_;
    std::vector<std::string> names_;
    server server_;
};

/// The other end: a blocking client that sends any bytes, whole or in parts.
class peer {
public:
    explicit peer(unsigned short port)
        : peer(boost::asio::ip::tcp::endpoint{boost::asio::ip::address_v4::loopback(), port})
    {}

    template <class Endpoint>
    explicit peer(Endpoint const& server) : socket_{context_}
    {
        socket_.connect(server);
        timeval const limit{.tv_sec = patience.count(), .tv_usec = 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }

    void send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const sent = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0) return;  // what the server closed, it will not read
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    void send_end() { ::shutdown(socket_.native_handle(), SHUT_WR); }

    /// One answer: its head and as much body as that announces; what is missing when the connection ends
    /// before.
    std::string receive()
    {
        while (held_.find("\r\n\r\n") == std::string::npos && receive_some()) continue;
        auto const size = head_size() + body_size();
        while (held_.size() < size && receive_some()) continue;
        auto const answer = held_.substr(0, size);
        held_.erase(0, size);
        return answer;
    }

    /// All that comes until the server ends the connection; then ends it too.
    std::string receive_all()
    {
        while (receive_some()) continue;
        boost::system::error_code ignored;
        socket_.close(ignored);
        return std::exchange(held_, {});
    }

    bool is_readable_within(std::chrono::milliseconds time)
    {
        pollfd wanted{.fd = socket_.native_handle(), .events = POLLIN, .revents = 0};
        return ::poll(&wanted, 1, static_cast<int>(time.count())) == 1;
    }

    int native_handle() { return socket_.native_handle(); }

private:
    bool receive_some()
    {
        std::array<char, 65536> bytes{};
        auto const size = ::recv(socket_.native_handle(), bytes.data(), bytes.size(), 0);
        if (size > 0) held_.append(bytes.data(), static_cast<std::size_t>(size));
        return size > 0;
    }

    std::size_t head_size() const
    {
        auto const end = held_.find("\r\n\r\n");
        return end == std::string::npos ? held_.size() : end + 4;
    }

    std::size_t body_size() const
    {
        constexpr std::string_view name = "Content-Length: ";
        auto const field = held_.find(name);
        return field < head_size() ? std::stoul(held_.substr(field + name.size(), 20)) : 0;
    }

    boost::asio::io_context context_;
    boost::asio::generic::stream_protocol::socket socket_;
    std::string held_;
};

/// Whether a server still listens: a drain is known to have begun when it does not.
inline bool is_listening(unsigned short port)
{
    boost::asio::io_context context;
    boost::asio::ip::tcp::socket probe{context};
    boost::system::error_code failure;
    probe.connect({boost::asio::ip::address_v4::loopback(), port}, failure);
    return !failure;
}

inline server_config with(limits wanted)
{
    return {.listen = {}, .threads = 1, .limits = wanted, .own_user_only = false};
}

inline std::string get(std::string_view path)
{
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

inline std::string status_of(std::string_view answer)
{
    constexpr std::size_t place = std::string_view("HTTP/1.1 ").size();
    return std::string(answer.substr(std::min(place, answer.size()), 3));
}

inline bool has_field(std::string_view answer, std::string_view line)
{
    return answer.find("\r\n" + std::string(line) + "\r\n") != std::string_view::npos;
}

inline std::string body_of(std::string_view answer)
{
    auto const end = answer.find("\r\n\r\n");
    return end == std::string_view::npos ? std::string{} : std::string(answer.substr(end + 4));
}

}  // namespace jwtgate::http::test
