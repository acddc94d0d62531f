#pragma once

#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/error.hpp>
#include <jwtgate/jwt/key_set.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::jwt {

/// What a verifier demands beyond the signature.
struct policy {
    std::string issuer;    ///< required `iss`; empty: not looked at
    std::string audience;  ///< required in `aud`; empty: a token with `aud` is refused (RFC 7519 4.1.3)
    std::chrono::seconds leeway{0};         ///< clock skew allowed
    std::size_t max_size = max_token_size;  ///< bytes of a token, at most max_token_size
};

/// A token whose signature counts. It owns its bytes, without the heap: about eight kilobytes, of which a
/// copy or move touches what is in use. Its claims and key id are views into them, so they move with it;
/// views taken before do not.
class verified {
    struct made_by_verifier {
        explicit made_by_verifier() = default;
    };

public:
    verified(made_by_verifier maker, std::string_view key_id) noexcept;

    verified(verified const& other) noexcept;
    verified& operator=(verified const& other) noexcept;
    ~verified() = default;

    jwt::claims const& claims() const noexcept { return claims_; }

    /// The `kid` of the key that signed it, also when its header named none.
    std::string_view key_id() const noexcept { return {bytes_.data(), key_id_size_}; }

private:
    friend class verifier;

    static result<verified> read(std::string_view key_id, std::string_view encoded_payload) noexcept;

    jwt::claims claims_;
    std::size_t key_id_size_;
    std::size_t size_;  // of the key id and the payload behind it
    std::array<char, max_key_id_size + base64url_decoded_size(max_token_size)> bytes_;
};

/// Checks compact tokens against a key set. Belongs to one worker: it holds HMAC states.
class verifier {
public:
    /// Throws std::invalid_argument when the policy allows more than max_token_size bytes.
    verifier(std::shared_ptr<key_set const> const& keys, policy demands);

    /// Accepts only what RFC 7519 section 7.2, RFC 8725 and the policy all allow: strict form and encoding,
    /// exact `alg` of the key named by `kid` (none: the signing key), full signature compared in constant
    /// time, JSON without duplicate names, no `crit`, claims sub, exp, iat, jti, type and sid present with
    /// the right types, `now < exp`, `nbf <= now`, `iat <= now`, issuer and audience. Does not look at what
    /// `type` says. No heap allocation of its own.
    result<verified> verify(std::string_view token, std::chrono::sys_seconds now) noexcept;

    /// Everything of verify but issuer, audience and the times: whose token it is, though it may have
    /// expired.
    result<verified> verify_signature(std::string_view token) noexcept;

private:
    struct trusted_key {
        std::string id;
        std::string header;  // base64url, as a signer writes it
        hmac_key hmac;
    };

    trusted_key* find(std::string_view id) noexcept;
    result<trusted_key*> key_of(std::string_view encoded_header) noexcept;

    std::vector<trusted_key> keys_;  // the first signs
    policy demands_;
};

}  // namespace jwtgate::jwt
