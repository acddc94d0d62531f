#include "app/service/service_manager.hpp"

#include "core/result.hpp"
#include "core/write.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <utility>

namespace jwtgate::app {
namespace {

core::descriptor datagram_socket()
{
    core::descriptor made(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    timeval const patience{.tv_sec = 0, .tv_usec = std::chrono::microseconds{core::write_patience}.count()};
    ::setsockopt(made.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return made;
}

bool is_address(std::string_view text)
{
    return (text.starts_with('/') || text.starts_with('@')) && text.size() < sizeof sockaddr_un::sun_path;
}

long long monotonic_microseconds()
{
    auto const now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace

service_manager::service_manager(std::string_view socket, core::log const& log)
    : log_{log}, socket_{socket.empty() ? core::descriptor(-1) : datagram_socket()}
{
    if (socket.empty()) return;
    if (is_address(socket)) {
        take_address(socket);
    } else {
        complain_once("NOTIFY_SOCKET is no path");
    }
}

void service_manager::ready()
{
    tell("READY=1");
}

void service_manager::reloading()
{
    tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(monotonic_microseconds()));
}

void service_manager::stopping()
{
    tell("STOPPING=1");
}

void service_manager::alive()
{
    tell("WATCHDOG=1");
}

void service_manager::take_address(std::string_view socket)
{
    address_.sun_family = AF_UNIX;
    std::ranges::copy(socket, std::begin(address_.sun_path));
    if (socket.front() == '@') address_.sun_path[0] = '\0';
    address_size_ = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket.size());
}

void service_manager::tell(std::string_view state)
{
    if (address_size_ == 0) return;
    auto const* const to = reinterpret_cast<sockaddr const*>(&address_);
    auto const sent = ::sendto(socket_.number(), state.data(), state.size(), MSG_NOSIGNAL, to, address_size_);
    if (sent < 0) complain_once(core::error_code(errno, boost::system::system_category()).message());
}

void service_manager::complain_once(std::string_view reason)
{
    if (std::exchange(complained_, true)) return;
    log_.warn("the service manager cannot be told how this server does", {{"reason", reason}});
}

}  // namespace jwtgate::app
