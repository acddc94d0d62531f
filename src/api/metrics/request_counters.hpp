#pragma once

#include "api/routes.hpp"
#include "core/metrics/counter.hpp"
#include "core/metrics/durations.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace jwtgate::api {

/// Where a request is counted: at the number of its row in `routes`, or at one of these.
inline constexpr std::size_t unknown_route = routes.size();      ///< no row has its path
inline constexpr std::size_t refused_route = routes.size() + 1;  ///< the server refused it, whatever its path

/// What that is called outside: the path of the row, one name for all files of the page. Nothing that is sent
/// adds a name.
constexpr std::string_view label_of(std::size_t route) noexcept
{
    if (route == unknown_route) return "unknown";
    if (route == refused_route) return "refused";
    auto const& row = routes[route];
    return row.run == page_file ? "page" : row.path;
}

/// The statuses that are counted each for itself; any other is counted behind them.
inline constexpr auto statuses = std::to_array<unsigned>(
    {200, 204, 400, 401, 403, 404, 405, 408, 409, 411, 413, 414, 415, 422, 429, 431, 500, 503, 505}
);

/// What was counted at one route, as it was read.
struct route_counts {
    std::array<std::uint64_t, statuses.size() + 1> by_status{};
    core::duration_counts durations;

    route_counts& operator+=(route_counts const& more) noexcept
    {
        std::ranges::transform(by_status, more.by_status, by_status.begin(), std::plus{});
        durations += more.durations;
        return *this;
    }
};

/// The requests that one worker has answered. It alone adds, on the way of every request: without a lock, a
/// locked instruction or an allocation. Any thread may read.
class request_counters {
public:
    void add(std::size_t route, unsigned status, std::chrono::nanoseconds took) noexcept
    {
        count(route, status);
        at_[route].durations.add(took);
    }

    /// One that the server refused: nobody knows when it began.
    void add_refused(unsigned status) noexcept { count(refused_route, status); }

    route_counts counts(std::size_t route) const noexcept;

private:
    struct of_route {
        std::array<core::counter, statuses.size() + 1> by_status;
        core::durations durations;
    };

    void count(std::size_t route, unsigned status) noexcept
    {
        auto const place = std::ranges::find(statuses, status) - statuses.begin();
        at_[route].by_status[static_cast<std::size_t>(place)].add(1);
    }

    std::array<of_route, routes.size() + 2> at_;
};

}  // namespace jwtgate::api
