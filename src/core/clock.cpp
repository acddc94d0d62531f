#include "core/clock.hpp"

#include <ctime>

namespace jwtgate::core {

namespace {

// The coarse clock is some milliseconds late, which whole seconds need not mind, and takes a fifth of the
// time.
std::time_t wall_seconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return now.tv_sec;
}

}  // namespace

clock system_clock()
{
    return {
        .now = [] { return std::chrono::sys_seconds{std::chrono::seconds{wall_seconds()}}; },
        .steady = [] { return std::chrono::steady_clock::now(); },
    };
}

}  // namespace jwtgate::core
