#include "api/metrics/metrics_registry.hpp"

namespace jwtgate::api {

route_counts metrics_registry::requests(std::size_t route) const noexcept
{
    route_counts sum;
    for (auto const& each : workers_) sum += each->requests.counts(route);
    return sum;
}

std::uint64_t metrics_registry::logins(auth::outcome how) const noexcept
{
    std::uint64_t sum = 0;
    for (auto const& each : workers_) sum += each->domain.logins.of(how).value();
    return sum;
}

std::uint64_t metrics_registry::refreshes(auth::outcome how) const noexcept
{
    std::uint64_t sum = 0;
    for (auto const& each : workers_) sum += each->domain.refreshes.of(how).value();
    return sum;
}

}  // namespace jwtgate::api
