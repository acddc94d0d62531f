#pragma once

#include <chrono>
#include <string>

namespace jwtgate::app {

/// "2026-01-31 12:00:00 UTC, 59 minutes from now", "..., 3 days ago", "..., now": whole units, rounded down.
std::string time_in_words(std::chrono::sys_seconds time, std::chrono::sys_seconds now);

}  // namespace jwtgate::app
