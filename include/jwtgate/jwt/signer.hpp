#pragma once

#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/error.hpp>
#include <jwtgate/jwt/hmac.hpp>
#include <jwtgate/jwt/key_ring.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jwtgate::jwt {

/// Makes compact tokens (RFC 7515 section 7.1) with the first key of a ring. Belongs to one thread at a time:
/// it holds an HMAC state.
class signer {
public:
    explicit signer(key_ring const& keys);

    /// Writes the token of `what` to `out` and returns its length. Header `{"alg","kid","typ":"JWT"}`, claims
    /// in the order of struct claims. Not checked: that a verifier would accept it, so that the claims which
    /// it demands are there, that numbers are in range and texts UTF-8. Errors: buffer_too_small (also for a
    /// token beyond max_token_size), crypto_failure. No heap allocation of its own, but for the first call
    /// after a change of the ring.
    result<std::size_t> sign(claims const& what, std::span<char> out) noexcept;

    /// The same as a string.
    result<std::string> sign(claims const& what);

    /// A token with this payload as it is written. Errors: those of sign, and bad_json, duplicate_name,
    /// too_deep or too_many_values when it is not one strict JSON object.
    result<std::string> sign_json(std::string_view payload);

    /// The MAC of another text with the key that signs now. Error: crypto_failure.
    result<mac> mac_of(std::string_view text) noexcept;

    /// The `kid` of the key that signs now, until the next call.
    std::string_view key_id() noexcept;

private:
    void adopt(key const& first);
    bool follow_ring() noexcept;
    result<std::size_t> seal(std::string_view payload, std::span<char> out) noexcept;

    key_ring::reader ring_;
    std::optional<hmac_key> hmac_;
    std::string header_;  // base64url, with the dot behind it
    std::string key_id_;
};

}  // namespace jwtgate::jwt
