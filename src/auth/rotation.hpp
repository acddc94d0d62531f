#pragma once

#include "auth/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace jwtgate::auth {

/// What a refresh token asks of its session.
struct rotation {
    std::string session;
    std::int64_t counter = 0;  ///< `ctr` of the token
    std::chrono::sys_seconds at{};
    std::string key_id;  ///< the key that is to sign the next one
    std::chrono::seconds refresh_ttl{0};
    std::chrono::seconds grace{0};  ///< how long a superseded token still yields the head
};

/// What becomes of it.
enum class rotation_outcome {
    rotated,        ///< it was the head: the session has a new one
    same_again,     ///< superseded a moment ago (another tab, a lost answer): it gets the head
    reused,         ///< superseded for longer, so two have held it: the session ends
    ahead,          ///< beyond the head, as after a backup was restored: the session ends
    expired,        ///< the session has run out
    not_yet_valid,  ///< the clock stands before the last rotation: it was set back
    unusable,       ///< the row says what no program of ours writes: fault_of tells what
};

constexpr bool ends_session(rotation_outcome outcome) noexcept
{
    return outcome == rotation_outcome::reused || outcome == rotation_outcome::ahead;
}

/// What a session row holds that no login or rotation writes; empty when there is nothing.
std::string_view fault_of(session const& row) noexcept;

/// What becomes of it, by the row alone: as the transaction sees it that is to carry it out.
rotation_outcome judge(session const& row, rotation const& asked) noexcept;

/// The session after it was rotated.
session after(session row, rotation const& asked);

}  // namespace jwtgate::auth
