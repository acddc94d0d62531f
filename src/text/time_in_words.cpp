#include "text/time_in_words.hpp"

#include <array>
#include <cstdint>
#include <fmt/chrono.h>
#include <string_view>

namespace jwtgate::text {
namespace {

using std::chrono::seconds;

struct unit {
    std::string_view name;
    std::int64_t length;
};

constexpr auto units = std::to_array<unit>({
    {"year", seconds{std::chrono::years{1}}.count()},
    {"day", seconds{std::chrono::days{1}}.count()},
    {"hour", seconds{std::chrono::hours{1}}.count()},
    {"minute", seconds{std::chrono::minutes{1}}.count()},
    {"second", 1},
});

std::string span_in_words(std::int64_t length)
{
    for (auto const& unit : units) {
        auto const count = length / unit.length;
        if (count > 0) return fmt::format("{} {}{}", count, unit.name, count == 1 ? "" : "s");
    }
    return "";
}

std::string distance_in_words(seconds ahead)
{
    if (ahead == seconds::zero()) return "now";
    return ahead < seconds::zero() ? span_in_words(-ahead.count()) + " ago"
                                   : span_in_words(ahead.count()) + " from now";
}

}  // namespace

std::string time_in_words(std::chrono::sys_seconds time, std::chrono::sys_seconds now)
{
    auto const date = fmt::gmtime(time.time_since_epoch().count());
    return fmt::format("{:%Y-%m-%d %H:%M:%S} UTC, {}", date, distance_in_words(time - now));
}

std::string date_of(std::int64_t seconds)
{
    constexpr std::int64_t first = -62'167'219'200;  // 0000-01-01T00:00:00Z
    constexpr std::int64_t last = 253'402'300'799;   // 9999-12-31T23:59:59Z
    if (seconds < first || seconds > last) return std::to_string(seconds);
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(seconds));
}

}  // namespace jwtgate::text
