#include "app/serve/descriptor_limit.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace jwtgate::app {
namespace {

// Standard streams, signals, locks, key file and socket files, the service manager's, and what SQLite opens
// for two connections.
constexpr std::size_t files = 25;

// An io_context has three: epoll, eventfd and timerfd. A worker has the set of its sockets beside one, and
// there is a worker of the control socket and a context of the main thread.
constexpr std::size_t a_context = 3;
constexpr std::size_t a_worker = a_context + 1;

// An accepted connection that is refused, or not counted yet.
constexpr std::size_t a_listener = 2;

// One file is read at a time.
std::size_t kept_back_for_metrics(config::settings const& chosen) noexcept
{
    auto const listeners = chosen.metrics_listen.size();
    if (listeners == 0) return 0;
    return metrics_connections + a_worker + listeners * a_listener + 1;
}

std::size_t kept_back(http::server_config const& server) noexcept
{
    auto const workers = server.threads + 1;
    auto const listeners = server.listen.size() + 1;
    return files + control_connections + workers * a_worker + a_context + listeners * a_listener;
}

// Of one worker.
std::size_t affordable_connections(config::settings const& chosen, std::size_t descriptors) noexcept
{
    auto const& server = chosen.server;
    auto const kept = kept_back(server) + kept_back_for_metrics(chosen);
    return descriptors > kept ? (descriptors - kept) / server.threads : 0;
}

}  // namespace

std::size_t raise_descriptor_limit() noexcept
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return RLIM_INFINITY;
    auto const before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

http::server_config within_descriptors(config::settings const& chosen, std::size_t descriptors)
{
    auto server = chosen.server;
    auto const affordable = affordable_connections(chosen, descriptors);
    if (affordable == 0) {
        throw std::runtime_error(
            "only " + std::to_string(descriptors) + " open files are allowed, too few for " +
            std::to_string(server.threads) + " threads: raise LimitNOFILE (ulimit -n) or lower threads"
        );
    }
    server.limits.connections = std::min(server.limits.connections, affordable);
    return server;
}

}  // namespace jwtgate::app
