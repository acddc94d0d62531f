#pragma once

#include "jwt/json/json_scanner.hpp"
#include <jwtgate/jwt/error.hpp>

#include <span>
#include <vector>

namespace jwtgate::jwt {

/// The members of a JSON Web Key that matter to HMAC (RFC 7517 section 4, RFC 7518 section 6.4).
struct jwk {
    json_text kty;
    json_text use;
    json_text alg;
    json_text kid;
    json_text k;
    bool signs = true;
    bool verifies = true;
};

/// Reads the keys of a JWK Set (RFC 7517 section 5), whose strings are unescaped where they stand; the views
/// live as long as `json` does. Errors: what a json_scanner refuses; bad_key_set when there is no list of
/// objects, or an empty one.
result<std::vector<jwk>> read_jwk_set(std::span<char> json);

}  // namespace jwtgate::jwt
