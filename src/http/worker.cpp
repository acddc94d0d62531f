#include "http/worker.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace jwtgate::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto drain_grace = 1s;
constexpr auto linger_timeout = 2s;

// Under load the next requests have come by then, and to ask for them costs less than to wait.
constexpr int passes_in_a_row = 16;

// By phase: first, idle, header, body, write, linger.
deadlines::durations durations_of(limits const& limits)
{
    return {
        limits.header_timeout,
        limits.idle_timeout,
        limits.header_timeout,
        limits.body_timeout,
        limits.write_timeout,
        linger_timeout};
}

// A time-out comes late by a tenth of the shortest at most.
std::chrono::milliseconds tick_of(limits const& limits)
{
    auto const shortest = std::ranges::min(durations_of(limits));
    return std::clamp<std::chrono::milliseconds>(shortest / 10, 5ms, 250ms);
}

}  // namespace

worker::worker(http::limits const& limits, core::log const& log)
    : limits_{limits}, log_{log}, deadlines_{durations_of(limits)}
{}

worker::~worker()
{
    stop();
    watched_set_.release();
}

void worker::start(std::unique_ptr<application> served)
{
    application_ = std::move(served);
    spares_.emplace(surroundings{*application_, limits_, log_, now_, draining_});
    refresh_time();
    asio::co_spawn(context_, follow_sockets(), asio::detached);
    asio::co_spawn(context_, tick(), asio::detached);
    thread_ = std::thread([this] { context_.run(); });
}

void worker::drain()
{
    asio::post(context_, [this] {
        draining_ = true;
        idle_end_ = std::chrono::steady_clock::now() + drain_grace;
    });
}

void worker::await_drained(time_point end)
{
    asio::post(context_, [this] {
        drain_awaited_ = true;
        tell_when_drained();
    });
    drained_.get_future().wait_until(end);
}

void worker::stop()
{
    context_.stop();
    if (thread_.joinable()) thread_.join();
}

core::task<std::optional<worker::time_point>> worker::longest_idle()
{
    co_return deadlines_.longest_since(deadlines::phase::idle);
}

core::task<void> worker::close_longest_idle()
{
    catch_up();
    deadlines_.end_longest(deadlines::phase::idle);
    co_return;
}

void worker::leave() noexcept
{
    --connections_;
    tell_when_drained();
}

void worker::add(int socket, std::unique_ptr<socket_set::member> connection)
{
    refresh_time();
    sockets_.add(socket, std::move(connection));
}

// A handler that has ended and the tick resume connections outside of the passes that follow the sockets.
void worker::call_again(socket_set::member& who) noexcept
{
    sockets_.call_again(who);
    if (!std::exchange(asleep_, false)) return;
    boost::system::error_code ignored;
    watched_set_.cancel(ignored);
}

void worker::refresh_time()
{
    auto const wall = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    now_ = {.time = std::chrono::steady_clock::now(), .date = date_line_.at(wall)};
}

// The set is itself one of the context's descriptors, so it shares the thread with everything else there.
core::task<void> worker::follow_sockets()
{
    for (;;) {
        if (sockets_.calls_again()) {
            co_await asio::post(context_, asio::deferred);
            make_pass();
            continue;
        }
        asleep_ = true;
        auto const [failure] =
            co_await watched_set_.async_wait(watched_set_.wait_read, asio::as_tuple(asio::deferred));
        asleep_ = false;
        if (failure == asio::error::operation_aborted) continue;
        if (failure) co_return;
        catch_up();
    }
}

void worker::catch_up()
{
    for (int left = passes_in_a_row; left > 0 && make_pass(); --left) continue;
}

bool worker::make_pass()
{
    refresh_time();
    return sockets_.pass();
}

core::task<void> worker::tick()
{
    auto const period = tick_of(limits_);
    for (;;) {
        timer_.expires_after(period);
        auto const [failure] = co_await timer_.async_wait(asio::as_tuple(asio::deferred));
        if (failure) co_return;
        catch_up();  // what has come in time is not closed unread
        deadlines_.sweep(now_.time);
        if (!draining_ || now_.time < idle_end_) continue;
        for (auto const idle : {deadlines::phase::first, deadlines::phase::idle}) deadlines_.end(idle);
    }
}

void worker::tell_when_drained()
{
    if (connections_ > 0 || !std::exchange(drain_awaited_, false)) return;
    drained_.set_value();
}

}  // namespace jwtgate::http
