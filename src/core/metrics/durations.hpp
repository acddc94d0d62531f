#pragma once

#include "core/metrics/counter.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace jwtgate::core {

/// Up to how long something takes to be in a bucket; what takes longer than the last is in one more.
inline constexpr std::array<std::chrono::nanoseconds, 9> duration_bounds{
    std::chrono::microseconds{10},
    std::chrono::microseconds{50},
    std::chrono::microseconds{250},
    std::chrono::milliseconds{1},
    std::chrono::milliseconds{5},
    std::chrono::milliseconds{25},
    std::chrono::milliseconds{100},
    std::chrono::milliseconds{500},
    std::chrono::milliseconds{2'500},
};

/// How often something took how long, as it was read.
struct duration_counts {
    std::array<std::uint64_t, duration_bounds.size() + 1> buckets{};  ///< each for itself
    std::chrono::nanoseconds sum{0};

    duration_counts& operator+=(duration_counts const& more) noexcept
    {
        std::ranges::transform(buckets, more.buckets, buckets.begin(), std::plus{});
        sum += more.sum;
        return *this;
    }
};

/// The same while it is counted: written by one thread, read by any.
class durations {
public:
    /// Less than 0 is taken as 0.
    void add(std::chrono::nanoseconds took) noexcept
    {
        took = std::max(took, std::chrono::nanoseconds{0});
        auto const bucket =
            std::ranges::find_if(duration_bounds, [took](auto bound) { return took <= bound; });
        buckets_[static_cast<std::size_t>(bucket - duration_bounds.begin())].add(1);
        sum_.add(static_cast<std::uint64_t>(took.count()));
    }

    duration_counts counts() const noexcept
    {
        duration_counts read;
        std::ranges::transform(buckets_, read.buckets.begin(), &counter::value);
        read.sum = std::chrono::nanoseconds{sum_.value()};
        return read;
    }

private:
    std::array<counter, duration_bounds.size() + 1> buckets_;
    counter sum_;
};

}  // namespace jwtgate::core
