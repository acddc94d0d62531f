#pragma once

#include "core/log/log.hpp"
#include "core/task.hpp"
#include "http/application.hpp"
#include "http/deadlines.hpp"
#include "http/limits.hpp"
#include "http/response.hpp"
#include "http/sockets/socket_set.hpp"
#include "http/spare_exchanges.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>

namespace jwtgate::http {

/// One I/O thread, and all that only this thread touches: connections, their deadlines, an application.
class worker {
public:
    using executor_type = boost::asio::io_context::executor_type;
    using time_point = std::chrono::steady_clock::time_point;

    /// Both must outlive the worker.
    worker(http::limits const& limits, core::log const& log);
    worker(worker const&) = delete;
    worker& operator=(worker const&) = delete;
    ~worker();

    /// Starts the thread. Once.
    void start(std::unique_ptr<application> served);

    /// From any thread: answers close their connections from here on, and what is idle a second later is
    /// closed.
    void drain();

    /// Behind drain, when no more connections are made for it: waits until the last has gone, or for `end`.
    /// Once.
    void await_drained(time_point end);

    /// Ends the thread, whatever it is doing. What is left of its connections goes with the worker.
    void stop();

    executor_type executor() noexcept { return context_.get_executor(); }

    /// From any thread: whether it takes another connection.
    bool is_full() const noexcept { return connections_ >= limits_.connections; }

    /// From any thread: those that it has.
    std::size_t connections() const noexcept { return connections_; }

    /// On the worker's executor: since when the connection that has been idle longest between two requests is
    /// so; none when none is.
    core::task<std::optional<time_point>> longest_idle();

    /// On the worker's executor: closes that one, if there is one still. It has gone when the task is done.
    core::task<void> close_longest_idle();

    /// A connection has been made for this worker, from any thread; it has gone, on this worker's.
    void enter() noexcept { ++connections_; }

    void leave() noexcept;

    core::log const& log() const noexcept { return log_; }

    http::deadlines& deadlines() noexcept { return deadlines_; }

    socket_set& sockets() noexcept { return sockets_; }

    spare_exchanges& spares() noexcept { return *spares_; }

    /// As socket_set::call_again, whether a pass is under way or the thread sleeps.
    void call_again(socket_set::member& who) noexcept;

    /// Takes over a connection. Throws boost::system::system_error.
    void add(int socket, std::unique_ptr<socket_set::member> connection);

    moment const& now() const noexcept { return now_; }

    /// The thread has waited for something, and begins with it.
    void refresh_time();

private:
    core::task<void> follow_sockets();
    void catch_up();
    bool make_pass();
    core::task<void> tick();
    void tell_when_drained();

    http::limits const& limits_;
    core::log const& log_;
    std::unique_ptr<application> application_;
    http::deadlines deadlines_;
    date_line date_line_;
    moment now_;
    std::atomic<std::size_t> connections_ = 0;
    bool asleep_ = false;  // until a socket is ready
    bool draining_ = false;
    bool drain_awaited_ = false;
    time_point idle_end_;  // while draining
    std::promise<void> drained_;
    std::optional<spare_exchanges> spares_;  // since start
    socket_set sockets_;                     // goes before the members above: its connections use them

    boost::asio::io_context context_{1};  // goes first: its coroutines use all that
    boost::asio::posix::stream_descriptor watched_set_{context_, sockets_.native_handle()};
    boost::asio::steady_timer timer_{context_};
    std::thread thread_;
};

}  // namespace jwtgate::http
