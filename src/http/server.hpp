#pragma once

#include "core/log/log.hpp"
#include "core/task.hpp"
#include "http/application.hpp"
#include "http/limits.hpp"
#include "http/sockets/inherited_socket.hpp"

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jwtgate::http {

struct server_config {
    std::vector<std::string> listen;          ///< address:port, [ipv6]:port or unix:PATH; port 0 picks one
    std::vector<inherited_socket> inherited;  ///< stand in the place of `listen`, if there are any
    std::size_t threads = 1;
    http::limits limits;
    bool own_user_only =
        false;  ///< unix sockets: refuse peers of another user than ours or root (SO_PEERCRED)
    mode_t socket_mode = 0660;  ///< of the files of unix sockets
};

/// An HTTP/1.1 server. bind takes the addresses, start runs the workers, drain ends politely; the destructor
/// stops and joins.
class server {
public:
    /// Called once for each worker, on the thread that calls start.
    using application_factory = std::function<std::unique_ptr<application>()>;

    server(server_config config, core::log const& log);
    server(server const&) = delete;
    server& operator=(server const&) = delete;
    ~server();

    /// Takes every address; connections wait in the backlog from here on. Returns what it listens on, as for
    /// a person: "http://127.0.0.1:8080", "unix:/run/jwtgate.sock". Throws std::runtime_error with one line
    /// that names the address when one cannot be taken; none is then.
    std::vector<std::string> bind();

    /// Starts the workers: connections are accepted from here on. Once, after bind.
    void start(application_factory const& make);

    /// From any thread, from `start` on: the connections that are open.
    std::size_t connections() const noexcept;

    /// Done when every worker has come round to it: none of them hangs. Between start and drain.
    core::task<void> roll_call();

    /// Stops accepting, answers what arrives within a second with `Connection: close`, finishes what runs,
    /// closes what is idle, until all connections are gone or drain_timeout is over. No application runs any
    /// more when it returns; what still waits elsewhere may answer to the workers until the server goes. Call
    /// once, from one thread.
    void drain();

    /// Ends everything at once, whatever was started; for what still waits elsewhere as drain.
    void stop() noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace jwtgate::http
