#pragma once

#include <jwtgate/jwt/claims.hpp>

#include <string_view>

namespace jwtgate::jwt {

/// Reads claims that stand exactly as write_claims writes them, without an escape in any string: the short
/// way for the tokens of our own. False when the payload is anything else, which says nothing of its worth;
/// `out` is then unspecified. Whether the claims that a token needs are there is not checked.
bool read_written_claims(std::string_view payload, claims& out) noexcept;

}  // namespace jwtgate::jwt
