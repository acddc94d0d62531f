#pragma once

#include "http/sockets/unix_address.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <utility>

namespace jwtgate::http {

/// The file of a bound unix socket: removed at the end, unless another one stands in its place by then.
class unix_socket_file {
public:
    explicit unix_socket_file(std::string path) : path_{std::move(path)}, inode_{inode_of(path_)} {}

    unix_socket_file(unix_socket_file const&) = delete;
    unix_socket_file& operator=(unix_socket_file const&) = delete;

    ~unix_socket_file()
    {
        if (inode_ != 0 && inode_of(path_) == inode_) ::unlink(path_.c_str());
    }

    /// Removes what an earlier server left behind, and tells whether it did. A socket that somebody listens
    /// on stays, and so does a file that is no socket (to connect to one is refused as well).
    static bool remove_stale(std::string const& path, unix_address const& address)
    {
        if (inode_of(path) == 0) return false;
        boost::asio::io_context context;
        boost::asio::local::stream_protocol::socket probe{context};
        boost::system::error_code failure;
        probe.connect(address.endpoint(), failure);
        return failure == boost::asio::error::connection_refused && ::unlink(path.c_str()) == 0;
    }

private:
    // 0 when there is no socket.
    static ino_t inode_of(std::string const& path) noexcept
    {
        struct stat found = {};
        bool const is_socket = ::lstat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode);
        return is_socket ? found.st_ino : 0;
    }

    std::string path_;
    ino_t inode_;
};

}  // namespace jwtgate::http
