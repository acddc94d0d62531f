#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace jwtgate::http {

/// The address of a unix socket, to bind or to connect to. The kernel takes 107 bytes of path: a longer one
/// is reached through its directory's descriptor, which this object keeps open.
class unix_address {
public:
    using endpoint_type = boost::asio::local::stream_protocol::endpoint;

    /// Throws boost::system::system_error when the directory of a long path cannot be opened, or the last
    /// part of the path is too long by itself.
    explicit unix_address(std::string const& path)
    {
        if (path.size() <= longest_path) {
            endpoint_ = endpoint_type{path};
            return;
        }
        auto const name = path.rfind('/') + 1;  // 0 when there is no slash
        if (path.size() - name > longest_name) refuse(ENAMETOOLONG);
        auto const directory = name == 0 ? std::string{"."} : path.substr(0, name);
        directory_ = ::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (directory_ < 0) refuse(errno);
        endpoint_ = endpoint_type{"/proc/self/fd/" + std::to_string(directory_) + '/' + path.substr(name)};
    }

    unix_address(unix_address const&) = delete;
    unix_address& operator=(unix_address const&) = delete;

    ~unix_address()
    {
        if (directory_ >= 0) ::close(directory_);
    }

    endpoint_type const& endpoint() const noexcept { return endpoint_; }

private:
    static constexpr std::size_t longest_path = 107;
    static constexpr std::size_t longest_name = 80;  // leaves room for "/proc/self/fd/N/"

    [[noreturn]] static void refuse(int reason)
    {
        throw boost::system::system_error(reason, boost::system::system_category());
    }

    endpoint_type endpoint_;
    int directory_ = -1;
};

}  // namespace jwtgate::http
