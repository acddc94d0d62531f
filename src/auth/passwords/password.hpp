#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace jwtgate::auth {

using core::result;

/// What one hash costs: Argon2id (RFC 9106) with one lane; the options argon2-memory and argon2-passes.
struct password_cost {
    std::size_t memory = std::size_t{19} << 20U;  ///< bytes
    unsigned passes = 2;
};

/// The bounds of both: libsodium takes no less, and a stored hash that asks for more is not computed, so that
/// a row which somebody else wrote cannot eat the memory.
constexpr password_cost least_password_cost{.memory = std::size_t{8} << 10U, .passes = 1};
constexpr password_cost most_password_cost{.memory = std::size_t{256} << 20U, .passes = 16};

/// What the time of a hash follows from: the bytes that it fills, once a pass.
constexpr std::size_t work_of(password_cost cost) noexcept
{
    return cost.memory * cost.passes;
}

/// The cost of a hash that takes as long as is missing from `spent` to `due`, in at most `memory` bytes. None
/// where nothing is missing that a hash could make up for. Its passes may be beyond most_password_cost.
std::optional<password_cost> missing_cost(std::size_t due, std::size_t spent, std::size_t memory) noexcept;

/// The encoded hash ($argon2id$v=19$m=...) with a random salt. Blocks for tens of milliseconds. `cost` lies
/// within the bounds or is a missing_cost. Error: busy when there is no memory.
result<std::string> hash_password(std::string_view password, password_cost cost);

/// Whether the hash is of exactly this password, byte for byte. Blocks as long as making the hash did.
/// Errors: bad_credentials, at once for a hash that is not usable; busy when there is no memory, which says
/// nothing about the password.
result<void> verify_password(std::string_view hash, std::string_view password);

/// Whether this is a hash as hash_password makes them, with a cost within the bounds.
bool is_usable_hash(std::string_view hash) noexcept;

/// The work of making this hash, or of verifying it; 0 for one that is not usable.
std::size_t work_of(std::string_view hash) noexcept;

/// Whether the hash was made with less memory or fewer passes than `cost`.
bool is_weaker(std::string_view hash, password_cost cost) noexcept;

}  // namespace jwtgate::auth
