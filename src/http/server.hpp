#pragma once

#include "core/log.hpp"
#include "http/application.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::http {

/// Sizes in bytes, times for the whole of a phase: dripping does not prolong them.
struct limits {
    std::size_t header = 16 * 1024;
    std::size_t target = 8 * 1024;
    std::size_t body = 16 * 1024;
    std::size_t connections = 10'000;  ///< a worker
    std::chrono::milliseconds header_timeout{10'000};
    std::chrono::milliseconds body_timeout{10'000};
    std::chrono::milliseconds write_timeout{10'000};
    std::chrono::milliseconds idle_timeout{75'000};
    std::chrono::milliseconds drain_timeout{10'000};
};

struct server_config {
    std::vector<std::string> listen;  ///< address:port, [ipv6]:port or unix:PATH; port 0 picks one
    std::size_t threads = 1;
    http::limits limits;
    bool own_user_only = false;  ///< unix sockets: refuse peers of another user than ours or root (SO_PEERCRED), mode 0600
};

/// An HTTP/1.1 server. start binds and runs the workers; drain ends politely; the destructor stops and joins.
class server {
public:
    /// Called once for each worker, on the thread that calls start.
    using application_factory = std::function<std::unique_ptr<application>()>;

    server(server_config config, application_factory make, core::log const& log);
    server(server const&) = delete;
    server& operator=(server const&) = delete;
    ~server();

    /// Binds every address and starts the workers; when it returns, connections are accepted. Returns what it listens
    /// on, as for a person: "http://127.0.0.1:8080", "unix:/run/jwtgate.sock". Throws std::runtime_error with one line
    /// that names the address when one cannot be bound.
    std::vector<std::string> start();

    /// Stops accepting, answers what arrives within a second with `Connection: close`, finishes what runs, closes what
    /// is idle, and returns when all connections are gone or drain_timeout is over. Call once, from one thread.
    void drain();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace jwtgate::http
