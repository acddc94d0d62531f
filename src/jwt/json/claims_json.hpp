#pragma once

#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/error.hpp>

#include <cstddef>
#include <span>

namespace jwtgate::jwt {

/// Reads the claims of a token from its decoded payload into `out`, as views into the payload, whose strings
/// are unescaped where they stand. Claims that we do not know are skipped, though they must be valid JSON.
/// Demands sub, exp, iat, jti, type and sid. Errors: what a json_scanner refuses; only then, of the claims,
/// the first with a wrong type, range or number of values; only then missing_claim.
result<void> read_claims(std::span<char> payload, claims& out) noexcept;

/// The same by the general way alone, which read_claims takes for what no write_claims has written.
result<void> read_any_claims(std::span<char> payload, claims& out) noexcept;

/// Writes the claims that are present, in the order of struct claims, and returns the length. Error:
/// buffer_too_small.
result<std::size_t> write_claims(claims const& what, std::span<char> out) noexcept;

}  // namespace jwtgate::jwt
