#include "app/service/handed_over.hpp"

#include "config/option_values.hpp"
#include "config/quantity.hpp"

#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string_view>

namespace jwtgate::app {
namespace {

constexpr int first_socket = 3;
constexpr std::uint64_t most_sockets = 1000;
constexpr auto longest_watchdog =
    std::uint64_t{std::numeric_limits<std::int64_t>::max()} / 1000;  // in nanoseconds

constexpr std::array taken{
    "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"};

std::string_view value_of(config::environment const& variables, std::string_view name)
{
    auto const found = variables.find(name);
    return found == variables.end() ? std::string_view{} : found->second;
}

bool names(std::string_view process, pid_t self)
{
    return config::parse_count(process) == static_cast<std::uint64_t>(self);
}

std::vector<int> sockets_of(pid_t self, config::environment const& variables)
{
    if (!names(value_of(variables, "LISTEN_PID"), self)) return {};
    auto const text = value_of(variables, "LISTEN_FDS");
    auto const count = config::parse_count(text);
    if (!count || *count > most_sockets)
        throw std::runtime_error("LISTEN_FDS: " + config::in_quotes(text) + " is no number of sockets");
    std::vector<int> sockets(*count);
    std::iota(sockets.begin(), sockets.end(), first_socket);
    return sockets;
}

std::optional<std::chrono::microseconds> watchdog_of(pid_t self, config::environment const& variables)
{
    auto const meant = value_of(variables, "WATCHDOG_PID");
    auto const time = config::parse_count(value_of(variables, "WATCHDOG_USEC"));
    if (!time || *time == 0 || *time > longest_watchdog || (!meant.empty() && !names(meant, self)))
        return std::nullopt;
    return std::chrono::microseconds{*time};
}

}  // namespace

handed_over handed_to(pid_t self, config::environment const& variables)
{
    return {
        .sockets = sockets_of(self, variables),
        .notify_socket = std::string(value_of(variables, "NOTIFY_SOCKET")),
        .watchdog = watchdog_of(self, variables),
    };
}

handed_over take_handed_over()
{
    auto handed = handed_to(::getpid(), config::process_environment());
    for (auto const* const name : taken) ::unsetenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
    return handed;
}

}  // namespace jwtgate::app
