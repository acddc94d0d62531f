#include "http/listener.hpp"

#include "http/sockets/inherited_socket.hpp"
#include "http/unix_address.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace jwtgate::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::system_error;
using core::error_code;

constexpr auto completion = asio::as_tuple(asio::deferred);
constexpr std::size_t most_in_a_row = 64;  // connections, before the thread's other work has its turn
constexpr auto pause_time = std::chrono::milliseconds{100};
constexpr std::string_view unix_prefix = "unix:";
constexpr auto const* spec_forms = ": not address:port, [ipv6]:port or unix:PATH";

std::optional<std::uint16_t> to_port(std::string_view text)
{
    std::uint16_t port = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, failure] = std::from_chars(text.data(), end, port);
    if (failure != std::errc{} || stop != end) return std::nullopt;
    return port;
}

std::optional<tcp::endpoint> to_endpoint(std::string_view spec)
{
    auto const colon = spec.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto const port = to_port(spec.substr(colon + 1));
    auto host = spec.substr(0, colon);
    bool const bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    error_code failure;
    auto const address = asio::ip::make_address(host, failure);
    if (!port || failure || address.is_v6() != bracketed) return std::nullopt;
    return tcp::endpoint{address, *port};
}

tcp::endpoint to_tcp(asio::generic::stream_protocol::endpoint const& from)
{
    tcp::endpoint to;
    to.resize(from.size());
    std::memcpy(to.data(), from.data(), from.size());
    return to;
}

/// It had connected, and has gone before it was accepted.
bool is_of_one_peer(core::error_code failure)
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
    : options_{std::move(wanted)},
      workers_{workers},
      log_{log},
      acceptor_{workers.front()->executor()},
      pause_{workers.front()->executor()}
{
    try {
        options_.descriptor ? adopt(*options_.descriptor) : bind();
        acceptor_.native_non_blocking(true);
    } catch (system_error const& failure) {
        throw std::runtime_error("cannot listen on " + options_.spec + ": " + failure.code().message());
    }
}

std::string listener::name() const
{
    if (is_unix()) return options_.spec;
    return "http://" + spec_of(acceptor_.local_endpoint());
}

void listener::start()
{
    ended_ = asio::co_spawn(acceptor_.get_executor(), accept_loop(), asio::use_future);
}

void listener::stop()
{
    if (!ended_.valid()) return;
    asio::post(acceptor_.get_executor(), [this] {
        stopping_ = true;
        acceptor_.cancel();
        pause_.cancel();
    });
    std::exchange(ended_, {}).wait();
}

void listener::adopt(int descriptor)
{
    stream::endpoint bound;
    auto size = static_cast<socklen_t>(bound.capacity());
    ::getsockname(descriptor, bound.data(), &size);
    acceptor_.assign(bound.protocol(), descriptor);
}

void listener::bind()
{
    is_unix() ? bind_unix(options_.spec.substr(unix_prefix.size())) : bind_tcp();
    acceptor_.listen();
}

void listener::bind_tcp()
{
    auto const where = to_endpoint(options_.spec);
    if (!where) throw std::runtime_error("cannot listen on " + options_.spec + spec_forms);
    acceptor_.open(stream::endpoint{*where}.protocol());
    // Connections of the last run may linger in the kernel.
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    if (where->address().is_v6()) acceptor_.set_option(asio::ip::v6_only(true));
    acceptor_.bind(*where);
}

void listener::bind_unix(std::string const& path)
{
    unix_address const address{path};
    acceptor_.open(stream::endpoint{address.endpoint()}.protocol());
    error_code failure;
    acceptor_.bind(address.endpoint(), failure);
    if (failure == asio::error::address_in_use && unix_socket_file::remove_stale(path, address)) {
        acceptor_.bind(address.endpoint());
    } else if (failure) {
        throw system_error(failure);
    }
    file_.emplace(path);
    // Nobody can connect before it listens.
    if (::chmod(address.endpoint().path().c_str(), options_.socket_mode) != 0)
        throw system_error(errno, boost::system::system_category());
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
            co_await acceptor_.async_wait(acceptor::wait_read, completion);
        } else if (!failure || is_of_one_peer(failure)) {
            if (turn_ % most_in_a_row == 0) co_await asio::post(acceptor_.get_executor(), asio::deferred);
        } else {
            report(failure);
            co_await pause();
        }
    }
    file_.reset();
    if (!options_.descriptor) accept_pending();
    acceptor_.close();
}

core::task<void> listener::pause()
{
    pause_.expires_after(pause_time);
    co_await pause_.async_wait(completion);
}

// All workers are full: as soon as somebody waits in the backlog, the connection that has been idle longest
// is closed for him, if one is idle.
core::task<void> listener::make_room()
{
    co_await acceptor_.async_wait(acceptor::wait_read, completion);
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
    core::error_code failure;
    // No more than can have waited when it began, so that whoever goes on connecting does not keep the
    // server.
    for (int left = acceptor::max_listen_connections; !failure && left > 0; --left) {
        auto* const next = next_worker();
        if (next == nullptr) return;
        failure = accept_for(*next);
    }
}

core::error_code listener::accept_for(worker& next)
{
    stream::endpoint peer;
    auto size = static_cast<socklen_t>(peer.capacity());
    core::descriptor accepted(
        ::accept4(acceptor_.native_handle(), peer.data(), &size, SOCK_NONBLOCK | SOCK_CLOEXEC)
    );
    if (accepted.number() < 0) return {errno, boost::system::system_category()};
    ++turn_;
    peer.resize(size);
    hand_over(next, std::move(accepted), peer);
    return {};
}

void listener::hand_over(worker& next, core::descriptor accepted, stream::endpoint const& peer)
{
    if (!is_unix()) {
        int const on = 1;
        ::setsockopt(accepted.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return connection::start(next, std::move(accepted), to_tcp(peer).address().to_string());
    }
    auto const user = options_.own_user_only ? own_user_of(accepted.number()) : std::nullopt;
    if (options_.own_user_only && !user) return;
    connection::start(next, std::move(accepted), user ? std::to_string(*user) : std::string{});
}

// The first failure until nobody waits any more; it may last, and each pause is short.
void listener::report(core::error_code failure)
{
    if (std::exchange(failing_, true)) return;
    log_.warn("cannot accept", {{"listen", options_.spec}, {"reason", failure.message()}});
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

bool listener::is_unix() const noexcept
{
    return options_.spec.starts_with(unix_prefix);
}

}  // namespace jwtgate::http
