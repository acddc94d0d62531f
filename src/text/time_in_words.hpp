#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace jwtgate::text {

/// "2026-01-31 12:00:00 UTC, 59 minutes from now", "..., 3 days ago", "..., now": whole units, rounded down.
std::string time_in_words(std::chrono::sys_seconds time, std::chrono::sys_seconds now);

/// Seconds since 1970 as RFC 3339 writes them, "2026-01-31T12:00:00Z"; as they are, in years that it has not.
std::string date_of(std::int64_t seconds);

}  // namespace jwtgate::text
