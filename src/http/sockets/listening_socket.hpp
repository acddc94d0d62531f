#pragma once

#include "core/descriptor.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "http/sockets/unix_socket_file.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

#include <sys/types.h>

#include <optional>
#include <string>

namespace jwtgate::http {

/// The socket of one address: bound, listening, and asked without waiting.
class listening_socket {
public:
    using executor_type = boost::asio::io_context::executor_type;
    using endpoint = boost::asio::generic::stream_protocol::endpoint;

    struct options {
        std::string spec;               ///< address:port, [ipv6]:port or unix:PATH
        std::optional<int> descriptor;  ///< of the socket that listens there, where it was inherited
        mode_t mode = 0660;             ///< of the file of a unix socket, whatever the umask
    };

    struct connected {
        core::descriptor socket;  ///< non-blocking
        endpoint peer;
    };

    /// Binds and listens, unless the socket does; connections wait in the backlog. Throws std::runtime_error
    /// with one line that names the address.
    listening_socket(executor_type const& executor, options wanted);

    std::string const& spec() const noexcept { return options_.spec; }

    /// What it listens on, as for a person: "http://127.0.0.1:8080", "unix:/run/jwtgate.sock".
    std::string name() const;

    bool is_unix() const noexcept;

    bool is_inherited() const noexcept { return options_.descriptor.has_value(); }

    /// The next connection of the backlog; asio::error::would_block when nobody waits.
    core::result<connected> accept();

    /// Done when somebody waits, when `cancel` was called, or when the socket cannot be waited for.
    core::task<void> readable();

    void cancel() { acceptor_.cancel(); }

    /// From here on nobody finds it by its file, if it has bound one; who has connected waits in the backlog.
    void remove_file() noexcept { file_.reset(); }

    void close() { acceptor_.close(); }

private:
    using acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol, executor_type>;

    void adopt(int descriptor);
    void bind();
    void bind_tcp();
    void bind_unix(std::string const& path);

    options options_;
    acceptor acceptor_;
    std::optional<unix_socket_file> file_;
};

}  // namespace jwtgate::http
