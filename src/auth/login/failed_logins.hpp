#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

namespace jwtgate::auth {

/// What a keyed hash makes of a user, an address, a device: neither names nor addresses are written down.
using failure_key = std::uint64_t;

/// The failures counted under one key, as they are remembered over a restart. Times are those of a clock
/// that stands still while no server runs.
struct failure_count {
    failure_key key = 0;
    std::chrono::nanoseconds gone_at{0};  ///< when none of them counts any longer
};

/// All that is remembered.
struct failed_logins {
    std::array<std::int64_t, 2> hash_key{};  ///< random, made with the database
    std::chrono::nanoseconds clock{0};       ///< when it was last written down
    std::vector<failure_count> counts;
};

/// What is to be remembered in place of what the same keys had.
struct failure_changes {
    std::vector<failure_count> counts;
    std::chrono::nanoseconds clock{0};  ///< now
};

}  // namespace jwtgate::auth
