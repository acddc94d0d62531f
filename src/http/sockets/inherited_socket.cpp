#include "http/sockets/inherited_socket.hpp"

#include "core/result.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace jwtgate::http {
namespace {

namespace asio = boost::asio;
using stream = asio::generic::stream_protocol;

constexpr std::string_view unix_prefix = "unix:";

[[noreturn]] void refuse(int descriptor, std::string const& why)
{
    throw std::runtime_error("cannot listen on descriptor " + std::to_string(descriptor) + ": " + why);
}

int option_of(int descriptor, int option)
{
    int value = 0;
    socklen_t size = sizeof value;
    if (::getsockopt(descriptor, SOL_SOCKET, option, &value, &size) == 0) return value;
    refuse(descriptor, core::error_code(errno, boost::system::system_category()).message());
}

bool is_listening_stream(int descriptor)
{
    constexpr std::array families{AF_INET, AF_INET6, AF_UNIX};
    return option_of(descriptor, SO_ACCEPTCONN) != 0 && option_of(descriptor, SO_TYPE) == SOCK_STREAM &&
           std::ranges::count(families, option_of(descriptor, SO_DOMAIN)) > 0;
}

stream::endpoint local_endpoint(int descriptor)
{
    stream::endpoint local;
    auto size = static_cast<socklen_t>(local.capacity());
    if (::getsockname(descriptor, local.data(), &size) == 0) local.resize(size);
    return local;
}

template <class Endpoint>
Endpoint to(stream::endpoint const& from)
{
    Endpoint made;
    std::memcpy(made.data(), from.data(), from.size());
    made.resize(from.size());  // which looks at what is there
    return made;
}

std::string unix_spec(std::string path)
{
    if (path.starts_with('\0')) path.front() = '@';
    return std::string(unix_prefix) + path;
}

std::string tcp_spec(asio::ip::tcp::endpoint const& bound)
{
    auto const host = bound.address().to_string();
    return (bound.address().is_v6() ? '[' + host + ']' : host) + ':' + std::to_string(bound.port());
}

// Whoever shares our network may connect to one without a file.
mode_t mode_of(std::string_view spec)
{
    if (!spec.starts_with(unix_prefix)) return 0;
    struct stat found = {};
    bool const has_file = ::stat(std::string(spec.substr(unix_prefix.size())).c_str(), &found) == 0;
    return has_file ? found.st_mode & ACCESSPERMS : ACCESSPERMS;
}

}  // namespace

inherited_socket inherit(int descriptor)
{
    if (!is_listening_stream(descriptor))
        refuse(descriptor, "it is not a listening stream socket of IPv4, IPv6 or unix");
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    auto spec = spec_of(local_endpoint(descriptor));
    auto const mode = mode_of(spec);
    return {.descriptor = descriptor, .spec = std::move(spec), .mode = mode};
}

std::string spec_of(stream::endpoint const& local)
{
    if (local.protocol().family() == AF_UNIX)
        return unix_spec(to<asio::local::stream_protocol::endpoint>(local).path());
    return tcp_spec(to<asio::ip::tcp::endpoint>(local));
}

}  // namespace jwtgate::http
