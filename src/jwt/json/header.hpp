#pragma once

#include <jwtgate/jwt/error.hpp>
#include <jwtgate/jwt/hmac.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jwtgate::jwt {

/// What the header of a token says (RFC 7515 section 4).
struct header {
    algorithm alg;
    std::optional<std::string_view> key_id;
};

/// Reads a decoded header, whose strings are unescaped where they stand; the view lives as long as `json`
/// does. Members beside alg, kid, typ, crit and b64 are ignored. Errors: what a json_scanner refuses (too
/// many names as bad_json, for too_many_values is said of claims alone); only then critical_header,
/// unencoded_payload, wrong_algorithm (none of ours), wrong_type_header, and unknown_key for a kid that is
/// not a string.
result<header> read_header(std::span<char> json) noexcept;

/// The header that we put before a token of this key, in base64url. The key id is at most max_key_id_size
/// bytes.
std::string encoded_header(algorithm alg, std::string_view key_id);

}  // namespace jwtgate::jwt
