#include "app/metrics/server_figures.hpp"

#include "core/clock.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace jwtgate::app {
namespace {

std::uint64_t resident_bytes()
{
    std::ifstream pages("/proc/self/statm");
    std::uint64_t all = 0;
    std::uint64_t resident = 0;
    pages >> all >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t open_files()
{
    std::error_code failed;
    std::filesystem::directory_iterator const entries("/proc/self/fd", failed);
    if (failed) return 0;
    auto const count = static_cast<std::uint64_t>(std::distance(begin(entries), end(entries)));
    return count - 1;  // that of the directory
}

// The start is read once: it would move with the machine's clock.
api::process_figures read_process(std::chrono::sys_seconds started)
{
    return {
        .resident_bytes = resident_bytes(),
        .open_files = open_files(),
        .started_at = started.time_since_epoch().count(),
    };
}

}  // namespace

api::figures_reader make_figures_reader(
    http::server const& server, domain const& opened, core::log const& log
)
{
    return [&, started = core::system_clock().now()] {
        return api::server_figures{
            .connections = server.connections(),
            .ended_sessions = opened.ended_sessions(),
            .waiting_passwords = opened.waiting_passwords(),
            .dropped_log_lines = log.dropped(),
            .process = read_process(started),
        };
    };
}

}  // namespace jwtgate::app
