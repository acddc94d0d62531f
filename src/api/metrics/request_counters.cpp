#include "api/metrics/request_counters.hpp"

namespace jwtgate::api {

route_counts request_counters::counts(std::size_t route) const noexcept
{
    auto const& from = at_[route];
    route_counts read{.durations = from.durations.counts()};
    std::ranges::transform(from.by_status, read.by_status.begin(), &core::counter::value);
    return read;
}

}  // namespace jwtgate::api
