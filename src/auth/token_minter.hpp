#pragma once

#include "auth/grant.hpp"
#include "auth/session.hpp"
#include "auth/settings.hpp"
#include "auth/user.hpp"
#include "core/random.hpp"
#include "core/result.hpp"
#include <jwtgate/jwt/claims.hpp>
#include <jwtgate/jwt/key_ring.hpp>
#include <jwtgate/jwt/signer.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace jwtgate::auth {

using core::result;

/// Whole seconds since 1970 UTC, as the claims carry times (RFC 7519 section 2).
constexpr std::int64_t to_numeric_date(std::chrono::sys_seconds time) noexcept
{
    return time.time_since_epoch().count();
}

constexpr std::chrono::sys_seconds from_numeric_date(std::int64_t seconds) noexcept
{
    return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

/// Whether an access token comes right from a login.
enum class freshness { fresh, refreshed };

/// Makes the tokens of a session. Belongs to one worker: it holds an HMAC state. `chosen` and `random`
/// outlive it.
class token_minter {
public:
    token_minter(jwt::key_ring const& keys, settings const& chosen, core::random_source const& random);

    /// The `kid` of the key that signs now.
    std::string_view key_id() noexcept { return signer_.key_id(); }

    /// The refresh token of the session's counter, and a new access token beside it.
    result<grant> tokens_of(
        session const& of, user const& whose, freshness state, std::chrono::sys_seconds now
    );

    /// A new access token that says what `what` says of the user and the session: subject, session, csrf,
    /// roles, refreshable_until (which holds a value) and fresh. It lives for access-ttl, but never past
    /// refreshable_until.
    result<access_grant> access_token(jwt::claims what, std::chrono::sys_seconds now);

    /// Signed with the key that the row names, or the one that signs now when that has gone: so always the
    /// same bytes for the same row, and whoever may have it gets the same token.
    result<std::string> refresh_token(session const& of);

private:
    result<std::string> refresh_token(session const& of, std::string const& kid);
    result<std::string> refresh_token_id(session const& of, std::string const& kid);
    void add_issuer(jwt::claims& what) const noexcept;

    settings const& settings_;
    core::random_source const& random_;
    jwt::signer signer_;
};

}  // namespace jwtgate::auth
