#pragma once

#include "auth/revocation/revocation_index.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace jwtgate::bench {

/// Ids of sessions, like those that a server makes.
class session_ids {
public:
    /// Those of one seed are others than those of another.
    explicit session_ids(std::uint64_t seed) noexcept : state_{seed << 32U} {}

    /// Valid until the next call.
    std::string_view next() noexcept;

private:
    std::uint64_t state_;
    std::array<char, 22> text_{};
};

/// An index in which ten million sessions have ended, and what it cost to fill it.
struct full_index {
    auth::revocation_index index;
    double bytes_each = 0;               ///< of the memory of the process
    std::chrono::nanoseconds longest{};  ///< processor's time that one of the ends took
};

/// Made once in a process.
full_index& ten_million();

}  // namespace jwtgate::bench
