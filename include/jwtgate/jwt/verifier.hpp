#pragma once

#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/error.hpp>
#include <jwtgate/jwt/key_set.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace jwtgate::jwt {

/// What a verifier demands beyond the signature.
struct policy {
    std::string issuer;              ///< required `iss`; empty: not looked at
    std::string audience;            ///< required in `aud`; empty: a token with `aud` is refused (RFC 7519 4.1.3)
    std::chrono::seconds leeway{0};  ///< clock skew allowed
    std::size_t max_size = 8192;     ///< bytes of a token
};

/// A token whose signature counts. It owns its bytes; its claims are views into them and move with it.
class verified;

/// Checks compact tokens against a key set. Belongs to one worker: it holds HMAC states.
class verifier {
public:
    verifier(std::shared_ptr<key_set const> keys, policy demands);

    /// Accepts only what RFC 7519 section 7.2, RFC 8725 and the policy all allow: strict form and encoding, exact `alg`
    /// of the key named by `kid` (none: the signing key), full signature compared in constant time, JSON without
    /// duplicate names, no `crit`, claims sub, exp, iat, jti, type and sid present with the right types, `now < exp`,
    /// `nbf <= now`, `iat <= now`, issuer and audience. Does not look at what `type` says.
    result<verified> verify(std::string_view token, std::chrono::sys_seconds now) noexcept;

    /// Everything of verify but issuer, audience and the times: whose token it is, though it may have expired.
    result<verified> verify_signature(std::string_view token) noexcept;
};

}  // namespace jwtgate::jwt
