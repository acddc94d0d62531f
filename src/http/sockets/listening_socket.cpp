#include "http/sockets/listening_socket.hpp"

#include "http/sockets/inherited_socket.hpp"
#include "http/sockets/unix_address.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>

#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace jwtgate::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::system_error;
using core::error_code;

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

error_code last_error() noexcept
{
    return {errno, boost::system::system_category()};
}

}  // namespace

listening_socket::listening_socket(executor_type const& executor, options wanted)
    : options_{std::move(wanted)}, acceptor_{executor}
{
    try {
        options_.descriptor ? adopt(*options_.descriptor) : bind();
        acceptor_.native_non_blocking(true);
    } catch (system_error const& failure) {
        throw std::runtime_error("cannot listen on " + options_.spec + ": " + failure.code().message());
    }
}

std::string listening_socket::name() const
{
    if (is_unix()) return options_.spec;
    return "http://" + spec_of(acceptor_.local_endpoint());
}

bool listening_socket::is_unix() const noexcept
{
    return options_.spec.starts_with(unix_prefix);
}

core::result<listening_socket::connected> listening_socket::accept()
{
    endpoint peer;
    auto size = static_cast<socklen_t>(peer.capacity());
    core::descriptor accepted(
        ::accept4(acceptor_.native_handle(), peer.data(), &size, SOCK_NONBLOCK | SOCK_CLOEXEC)
    );
    if (accepted.number() < 0) return last_error();
    peer.resize(size);
    return connected{std::move(accepted), peer};
}

core::task<void> listening_socket::readable()
{
    co_await acceptor_.async_wait(acceptor::wait_read, asio::as_tuple(asio::deferred));
}

void listening_socket::adopt(int descriptor)
{
    endpoint bound;
    auto size = static_cast<socklen_t>(bound.capacity());
    ::getsockname(descriptor, bound.data(), &size);
    acceptor_.assign(bound.protocol(), descriptor);
}

void listening_socket::bind()
{
    is_unix() ? bind_unix(options_.spec.substr(unix_prefix.size())) : bind_tcp();
    acceptor_.listen();
}

void listening_socket::bind_tcp()
{
    auto const where = to_endpoint(options_.spec);
    if (!where) throw std::runtime_error("cannot listen on " + options_.spec + spec_forms);
    acceptor_.open(endpoint{*where}.protocol());
    // Connections of the last run may linger in the kernel.
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    if (where->address().is_v6()) acceptor_.set_option(asio::ip::v6_only(true));
    acceptor_.bind(*where);
}

void listening_socket::bind_unix(std::string const& path)
{
    unix_address const address{path};
    acceptor_.open(endpoint{address.endpoint()}.protocol());
    error_code failure;
    acceptor_.bind(address.endpoint(), failure);
    if (failure == asio::error::address_in_use && unix_socket_file::remove_stale(path, address)) {
        acceptor_.bind(address.endpoint());
    } else if (failure) {
        throw system_error(failure);
    }
    file_.emplace(path);
    // Nobody can connect before it listens.
    if (::chmod(address.endpoint().path().c_str(), options_.mode) != 0) throw system_error(last_error());
}

}  // namespace jwtgate::http
