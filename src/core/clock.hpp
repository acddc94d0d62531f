#pragma once

#include <chrono>
#include <functional>

namespace jwtgate::core {

/// Where the time comes from. Everything that needs the time is given one, so a test can hold it still.
struct clock {
    /// UTC in whole seconds, as tokens carry it. It may jump when the machine's clock is set.
    std::function<std::chrono::sys_seconds()> now;

    /// Never jumps: what time-outs and ages are measured with.
    std::function<std::chrono::steady_clock::time_point()> steady;
};

/// The machine's own clocks.
clock system_clock();

}  // namespace jwtgate::core
