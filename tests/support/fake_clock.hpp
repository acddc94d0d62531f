#pragma once

#include "core/clock.hpp"

#include <chrono>

namespace jwtgate::test {

/// A clock that stands still until it is told to move. It outlives whatever uses it.
class fake_clock {
public:
    core::clock clock() const
    {
        return {.now = [this] { return now_; }, .steady = [this] { return steady_; }};
    }

    std::chrono::sys_seconds now() const { return now_; }

    std::chrono::steady_clock::time_point steady() const { return steady_; }

    /// Time goes by, on both clocks.
    void advance(std::chrono::seconds time)
    {
        now_ += time;
        steady_ += time;
    }

    /// Somebody sets the machine's clock.
    void set(std::chrono::sys_seconds now) { now_ = now; }

private:
    std::chrono::sys_seconds now_{std::chrono::seconds{1'700'000'000}};
    std::chrono::steady_clock::time_point steady_{std::chrono::hours{1}};
};

}  // namespace jwtgate::test
