#pragma once

#include "core/log/log.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "http/connection.hpp"
#include "http/sockets/listening_socket.hpp"
#include "http/worker.hpp"

#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <future>
#include <memory>
#include <string>
#include <vector>

namespace jwtgate::http {

using worker_list = std::vector<std::unique_ptr<worker>>;

/// One address: takes connections and hands them to the workers in turn.
class listener {
public:
    struct options {
        listening_socket::options where;
        bool own_user_only = false;  ///< of a unix socket: other users' connections are closed at once
    };

    /// Binds and listens, unless the socket does; connections wait in the backlog. `workers` (not empty) and
    /// `log` must outlive it; it accepts on the thread of the first worker. Throws std::runtime_error with
    /// one line that names the address.
    listener(options wanted, worker_list const& workers, core::log const& log);
    listener(listener const&) = delete;
    listener& operator=(listener const&) = delete;

    /// Removes the file of a unix socket that it has bound. Stopped before, if it was started.
    ~listener() = default;

    /// What it listens on, as for a person.
    std::string name() const { return socket_.name(); }

    /// Starts to accept. Once; the workers run.
    void start();

    /// Hands on what waits in the backlog, then closes; what waits in that of an inherited socket is left to
    /// whoever listens there next. Blocks until that is done; not from a worker's thread.
    void stop();

private:
    core::task<void> accept_loop();
    core::task<void> pause();
    core::task<void> make_room();
    core::task<worker*> longest_idle_worker();
    void accept_pending();
    core::error_code accept_for(worker& next);
    void hand_over(worker& next, listening_socket::connected accepted);
    void report(core::error_code failure);
    worker* next_worker() noexcept;

    bool own_user_only_;
    worker_list const& workers_;
    core::log const& log_;
    listening_socket socket_;
    boost::asio::steady_timer pause_;
    std::size_t turn_ = 0;
    bool failing_ = false;
    bool stopping_ = false;
    std::future<void> ended_;
};

}  // namespace jwtgate::http
