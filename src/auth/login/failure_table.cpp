#include "auth/login/failure_table.hpp"

#include <algorithm>
#include <tuple>

namespace jwtgate::auth {
namespace {

bool is_free(tally const& one, tally::time_point now) noexcept
{
    return one.key == 0 || (one.gone_at <= now && !one.has_turn(now));
}

template <class Bucket>
auto* find_free(Bucket& places, tally::time_point now) noexcept
{
    auto* const found = std::ranges::find_if(places, [now](tally const& one) { return is_free(one, now); });
    return found == places.end() ? nullptr : found;
}

// Those who wait and have not failed go before those who have.
bool goes_before(tally const& a, tally const& b, tally::time_point now) noexcept
{
    auto const worth = [now](tally const& one) {
        return std::tuple(std::max(one.gone_at, now), one.ready_at);
    };
    return worth(a) < worth(b);
}

template <class Bucket>
auto& weakest_of(Bucket& places, tally::time_point now) noexcept
{
    return *std::ranges::min_element(places, [now](tally const& a, tally const& b) {
        return goes_before(a, b, now);
    });
}

}  // namespace

failure_table::failure_table(std::size_t size) : pages_(size / (bucket_size * page_size)) {}

tally* failure_table::find(failure_key key) noexcept
{
    auto const& there = page_of(key);
    if (key == 0 || !there) return nullptr;
    auto& places = (*there)[key % page_size];
    auto* const found = std::ranges::find(places, key, &tally::key);
    return found == places.end() ? nullptr : found;
}

tally failure_table::look_up(failure_key key, time_point now) noexcept
{
    if (auto const* const found = find(key)) return *found;
    auto const& there = page_of(key);
    if (!there) return {};
    auto const& places = (*there)[key % page_size];
    if (find_free(places, now) != nullptr) return {};
    return {.gone_at = weakest_of(places, now).gone_at};
}

tally& failure_table::find_or_add(failure_key key, time_point now)
{
    if (auto* const found = find(key)) return *found;
    auto& there = page_of(key);
    if (!there) there = std::make_unique<page>();
    auto& places = (*there)[key % page_size];
    if (auto* const free = find_free(places, now)) return *free = tally{.key = key};
    auto& weakest = weakest_of(places, now);
    return weakest = tally{.key = key, .gone_at = weakest.gone_at};
}

}  // namespace jwtgate::auth
