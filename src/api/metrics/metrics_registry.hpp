#pragma once

#include "api/metrics/request_counters.hpp"
#include "auth/counters.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace jwtgate::api {

/// What one worker counts; no other thread writes to its cache lines.
struct alignas(64) worker_counters {
    request_counters requests;
    auth::counters domain;
};

/// The counters of all workers. It outlives them and whoever reads.
class metrics_registry {
public:
    /// For one more worker: before the first reader has started.
    worker_counters& add() { return *workers_.emplace_back(std::make_unique<worker_counters>()); }

    /// Summed over all workers, from any thread. What is counted meanwhile is in it or not.
    /// @{
    route_counts requests(std::size_t route) const noexcept;
    std::uint64_t logins(auth::outcome how) const noexcept;
    std::uint64_t refreshes(auth::outcome how) const noexcept;
    /// @}

private:
    std::vector<std::unique_ptr<worker_counters>> workers_;
};

}  // namespace jwtgate::api
