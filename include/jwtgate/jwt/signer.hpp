#pragma once

#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/error.hpp>
#include <jwtgate/jwt/key_set.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace jwtgate::jwt {

/// Makes compact tokens (RFC 7515 section 7.1) with the signing key of a set. Belongs to one worker: it holds
/// HMAC states.
class signer {
public:
    explicit signer(std::shared_ptr<key_set const> const& keys);

    /// Writes the token of `what` to `out` and returns its length. Header `{"alg","kid","typ":"JWT"}`, claims
    /// in the order of struct claims; that their texts are UTF-8 is not checked. Errors: buffer_too_small
    /// (also for a token beyond max_token_size), crypto_failure. No heap allocation of its own.
    result<std::size_t> sign(claims const& what, std::span<char> out) noexcept;

    /// The same as a string.
    result<std::string> sign(claims const& what);

private:
    hmac_key hmac_;
    std::string header_;  // base64url, with the dot behind it
};

}  // namespace jwtgate::jwt
