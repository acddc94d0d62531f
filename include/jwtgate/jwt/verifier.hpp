#pragma once

#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/error.hpp>
#include <jwtgate/jwt/good_texts.hpp>
#include <jwtgate/jwt/hmac.hpp>
#include <jwtgate/jwt/key_ring.hpp>
#include <jwtgate/jwt/verified.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::jwt {

/// What a verifier demands beyond the signature.
struct policy {
    /// How far `nbf` and `iat` may lie ahead of the clock, or as far as `leeway` where that is more: a clock
    /// that was set back a little refuses nobody. `exp` knows the leeway only.
    static constexpr std::chrono::seconds setback_tolerance{10};

    std::string issuer{};    ///< required `iss`; empty: not looked at
    std::string audience{};  ///< required in `aud`; empty: a token with `aud` is refused (RFC 7519 4.1.3)
    std::chrono::seconds leeway{0};         ///< clock skew allowed, 0 to one day
    std::size_t max_size = max_token_size;  ///< bytes of a token, at most max_token_size
    std::size_t remembered_texts = 0;  ///< tokens of a good signature that need no second MAC while the keys
                                       ///< stay the same: up to 1 KiB of memory each (see good_texts)
};

/// Checks compact tokens against the keys of a ring. Belongs to one thread at a time: it holds HMAC states.
class verifier {
public:
    /// Throws std::invalid_argument when the policy's leeway or size is out of range.
    verifier(key_ring const& keys, policy demands);

    /// Accepts only what RFC 7519 section 7.2, RFC 8725 and the policy all allow: strict form and encoding,
    /// exact `alg` of the key named by `kid` (none: the signing key), full signature compared in constant
    /// time, JSON without duplicate names, no `crit`, no `b64` but true, claims sub, exp, iat, jti, type and
    /// sid present with the right types, `now < exp`, `nbf` and `iat` within the policy's tolerance, issuer
    /// and audience. Does not look at what `type` says. What it returns does not refer to `token`. Errors:
    /// all of errc from too_large to wrong_audience, and crypto_failure. No heap allocation of its own, but
    /// for the first call after a change of the ring.
    result<verified> verify(std::string_view token, std::chrono::sys_seconds now) noexcept;

    /// Everything of verify but issuer, audience and the times: whose token it is, though it may have
    /// expired. Errors: those of verify that are left.
    result<verified> verify_signature(std::string_view token) noexcept;

private:
    struct trusted_key {
        std::string id;
        hmac_key hmac;
    };

    /// A header that needs no reading: one that a signer writes, or that came with a good signature before.
    struct known_header {
        std::array<char, 256> bytes;
        std::size_t size = 0;
        std::size_t key = 0;

        std::string_view text() const noexcept { return {bytes.data(), size}; }
    };

    void adopt(key_set const& keys);
    bool follow_ring() noexcept;
    result<std::size_t> key_of(std::string_view encoded_header) const noexcept;
    void learn(std::string_view encoded_header, std::size_t key) noexcept;
    static void remember(known_header& place, std::string_view encoded_header, std::size_t key) noexcept;

    key_ring::reader ring_;
    std::vector<trusted_key> keys_;  // the first signs
    std::vector<known_header> headers_;
    std::size_t next_learnt_ = 0;
    policy demands_;
    good_texts good_texts_;
};

}  // namespace jwtgate::jwt
