#pragma once

#include "core/random.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace jwtgate::auth {

/// How long an invite counts.
inline constexpr std::chrono::hours invite_life{24};

/// What the store keeps of one: nobody can make the invite of it.
struct invite {
    std::string digest;
    std::chrono::sys_seconds expires;
};

/// A new one as the invited user gets it: 192 bits of randomness, base64url.
std::string new_invite(core::random_source const& random);

/// BLAKE2b of what was sent as an invite, whatever that is, as base64url.
std::string digest_of(std::string_view sent);

}  // namespace jwtgate::auth
