#include "http/listener.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <optional>
#include <utility>

namespace jwtgate::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using core::error_code;

constexpr std::size_t most_in_a_row = 64;  // connections, before the thread's other work has its turn
constexpr auto pause_time = std::chrono::milliseconds{100};

tcp::endpoint to_tcp(listening_socket::endpoint const& from)
{
    tcp::endpoint to;
    to.resize(from.size());
    std::memcpy(to.data(), from.data(), from.size());
    return to;
}

void send_at_once(int socket)
{
    int const on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/// It had connected, and has gone before it was accepted.
bool is_of_one_peer(error_code failure)
{
    return failure == asio::error::connection_aborted || failure == asio::error::interrupted;
}

/// The user at the other end of a unix socket, if it is ours or root.
std::optional<uid_t> own_user_of(int socket)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
    return peer.uid == ::geteuid() || peer.uid == 0 ? std::optional{peer.uid} : std::nullopt;
}

}  // namespace

listener::listener(options wanted, worker_list const& workers, core::log const& log)
    : own_user_only_{wanted.own_user_only},
      workers_{workers},
      log_{log},
      socket_{workers.front()->executor(), std::move(wanted.where)},
      pause_{workers.front()->executor()}
{}

void listener::start()
{
    ended_ = asio::co_spawn(workers_.front()->executor(), accept_loop(), asio::use_future);
}

void listener::stop()
{
    if (!ended_.valid()) return;
    asio::post(workers_.front()->executor(), [this] {
        stopping_ = true;
        socket_.cancel();
        pause_.cancel();
    });
    std::exchange(ended_, {}).wait();
}

// It outlives every failure to accept: out of descriptors, out of memory, a peer that has gone already.
core::task<void> listener::accept_loop()
{
    while (!stopping_) {
        auto* const next = next_worker();
        if (next == nullptr) {
            co_await make_room();
            continue;
        }
        auto const failure = accept_for(*next);
        if (failure == asio::error::would_block) {
            failing_ = false;
            co_await socket_.readable();
        } else if (!failure || is_of_one_peer(failure)) {
            if (turn_ % most_in_a_row == 0) co_await asio::post(workers_.front()->executor(), asio::deferred);
        } else {
            report(failure);
            co_await pause();
        }
    }
    socket_.remove_file();
    if (!socket_.is_inherited()) accept_pending();
    socket_.close();
}

core::task<void> listener::pause()
{
    pause_.expires_after(pause_time);
    co_await pause_.async_wait(asio::as_tuple(asio::deferred));
}

// All workers are full: as soon as somebody waits in the backlog, the connection that has been idle longest
// is closed for him, if one is idle.
core::task<void> listener::make_room()
{
    co_await socket_.readable();
    if (stopping_) co_return;
    if (auto* const found = co_await longest_idle_worker()) {
        co_await asio::co_spawn(found->executor(), found->close_longest_idle(), asio::use_awaitable);
    } else if (!stopping_) {
        co_await pause();
    }
}

core::task<worker*> listener::longest_idle_worker()
{
    worker* found = nullptr;
    auto earliest = worker::time_point::max();
    for (auto const& each : workers_) {
        auto const since =
            co_await asio::co_spawn(each->executor(), each->longest_idle(), asio::use_awaitable);
        if (!since || *since >= earliest) continue;
        earliest = *since;
        found = each.get();
    }
    co_return found;
}

void listener::accept_pending()
{
    error_code failure;
    // No more than can have waited when it began, so that whoever goes on connecting does not keep the
    // server.
    for (int left = asio::socket_base::max_listen_connections;
         (!failure || is_of_one_peer(failure)) && left > 0;
         --left) {
        auto* const next = next_worker();
        if (next == nullptr) return;
        failure = accept_for(*next);
    }
}

error_code listener::accept_for(worker& next)
{
    auto accepted = socket_.accept();
    if (!accepted) return accepted.error();
    ++turn_;
    hand_over(next, std::move(*accepted));
    return {};
}

void listener::hand_over(worker& next, listening_socket::connected accepted)
{
    if (!socket_.is_unix()) {
        send_at_once(accepted.socket.number());
        return connection::start(
            next, std::move(accepted.socket), to_tcp(accepted.peer).address().to_string()
        );
    }
    auto const user = own_user_only_ ? own_user_of(accepted.socket.number()) : std::nullopt;
    if (own_user_only_ && !user) return;
    connection::start(next, std::move(accepted.socket), user ? std::to_string(*user) : std::string{});
}

// The first failure until nobody waits any more; it may last, and each pause is short.
void listener::report(error_code failure)
{
    if (std::exchange(failing_, true)) return;
    log_.warn("cannot accept", {{"listen", socket_.spec()}, {"reason", failure.message()}});
}

// The next in turn that is not full, if any.
worker* listener::next_worker() noexcept
{
    for (std::size_t tried = 0; tried < workers_.size(); ++tried) {
        auto& next = *workers_[turn_ % workers_.size()];
        if (!next.is_full()) return &next;
        ++turn_;
    }
    return nullptr;
}

}  // namespace jwtgate::http
