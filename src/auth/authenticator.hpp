#pragma once

#include "auth/settings.hpp"
#include "auth/token_need.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include <jwtgate/jwt/key_ring.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <string_view>

namespace jwtgate::auth {

/// Tells who asks. Pure computation, no I/O, microseconds. One object a worker, since it holds that worker's
/// verifier; what it is made of outlives it.
class authenticator {
public:
    authenticator(
        jwt::key_ring const& keys,
        settings const& chosen,
        revocation_index const& revoked,
        core::clock const& clock
    );

    /// Whether this is a token of ours that counts now. Of a refresh token: that it may (the store decides
    /// with its counter). Errors: jwt::errc, those of check.
    core::result<jwt::verified> authenticate(std::string_view token, token_need const& needed) noexcept;

    /// Whether the token is one of ours though it may have expired: a good signature is enough to end its
    /// session.
    core::result<jwt::verified> recognise(std::string_view token) noexcept;

private:
    jwt::verifier verifier_;
    revocation_index const& revoked_;
    core::clock const& clock_;
};

}  // namespace jwtgate::auth
