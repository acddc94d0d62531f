#pragma once

#include "core/descriptor.hpp"
#include "core/log/log.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "http/connection.hpp"
#include "http/unix_socket_file.hpp"
#include "http/worker.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::http {

using worker_list = std::vector<std::unique_ptr<worker>>;

/// One address: takes connections and hands them to the workers in turn.
class listener {
public:
    struct options {
        std::string spec;               ///< address:port, [ipv6]:port or unix:PATH
        std::optional<int> descriptor;  ///< of the socket that listens there, where it was inherited
        bool own_user_only = false;     ///< of a unix socket: other users' connections are closed at once
        mode_t socket_mode = 0660;      ///< of the file of a unix socket, whatever the umask
    };

    /// Binds and listens, unless the socket does; connections wait in the backlog. `workers` (not empty) and
    /// `log` must outlive it; it accepts on the thread of the first worker. Throws std::runtime_error with
    /// one line that names the address.
    listener(options wanted, worker_list const& workers, core::log const& log);
    listener(listener const&) = delete;
    listener& operator=(listener const&) = delete;

    /// Removes the file of a unix socket that it has bound. Stopped before, if it was started.
    ~listener() = default;

    /// What it listens on, as for a person: "http://127.0.0.1:8080", "unix:/run/jwtgate.sock".
    std::string name() const;

    /// Starts to accept. Once; the workers run.
    void start();

    /// Hands on what waits in the backlog, then closes; what waits in that of an inherited socket is left to
    /// whoever listens there next. Blocks until that is done; not from a worker's thread.
    void stop();

private:
    using stream = boost::asio::generic::stream_protocol;
    using acceptor = boost::asio::basic_socket_acceptor<stream, worker::executor_type>;

    void adopt(int descriptor);
    void bind();
    void bind_tcp();
    void bind_unix(std::string const& path);
    core::task<void> accept_loop();
    core::task<void> pause();
    core::task<void> make_room();
    core::task<worker*> longest_idle_worker();
    void accept_pending();
    core::error_code accept_for(worker& next);
    void hand_over(worker& next, core::descriptor accepted, stream::endpoint const& peer);
    void report(core::error_code failure);
    worker* next_worker() noexcept;
    bool is_unix() const noexcept;

    options options_;
    worker_list const& workers_;
    core::log const& log_;
    acceptor acceptor_;
    boost::asio::steady_timer pause_;
    std::optional<unix_socket_file> file_;
    std::size_t turn_ = 0;
    bool failing_ = false;
    bool stopping_ = false;
    std::future<void> ended_;
};

}  // namespace jwtgate::http
