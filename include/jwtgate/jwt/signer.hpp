#pragma once

#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/error.hpp>
#include <jwtgate/jwt/hmac.hpp>
#include <jwtgate/jwt/key_ring.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::jwt {

/// Makes compact tokens (RFC 7515 section 7.1) with the keys of a ring: with the first, unless another is
/// named. Belongs to one thread at a time: it holds HMAC states.
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

    /// The token of sign, made with the key of the ring that has exactly this `kid`. Errors: those of sign,
    /// and unknown_key.
    result<std::size_t> sign_with(std::string_view key_id, claims const& what, std::span<char> out) noexcept;

    /// The same as a string.
    result<std::string> sign_with(std::string_view key_id, claims const& what);

    /// The MAC of another text with the key that signs now. Error: crypto_failure.
    result<mac> mac_of(std::string_view text) noexcept;

    /// The MAC of another text with the key of this `kid`. Errors: unknown_key, crypto_failure.
    result<mac> mac_with(std::string_view key_id, std::string_view text) noexcept;

    /// The `kid` of the key that signs now, until the next call.
    std::string_view key_id() noexcept;

private:
    struct own_key {
        std::string id;
        hmac_key hmac;
        std::string header;  // base64url, with the dot behind it
    };

    void adopt(key_set const& keys);
    bool follow_ring() noexcept;
    result<own_key*> signing_key() noexcept;
    result<own_key*> find(std::string_view key_id) noexcept;

    static result<std::size_t> seal(own_key& key, std::string_view payload, std::span<char> out) noexcept;
    static result<std::size_t> seal(own_key& key, claims const& what, std::span<char> out) noexcept;

    key_ring::reader ring_;
    std::vector<own_key> keys_;  // the first signs
};

}  // namespace jwtgate::jwt
