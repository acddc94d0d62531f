#pragma once

#include "auth/client.hpp"
#include "auth/grant.hpp"
#include "auth/login/login.hpp"
#include "auth/shared_state.hpp"
#include "auth/token_minter.hpp"
#include <jwtgate/jwt/key_ring.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::auth {

/// What an attempt to log in yields.
struct login_answer {
    result<grant> granted;
    std::chrono::seconds wait{0};  ///< with too_many_failures: until another attempt is worth it
    std::string device_token;      ///< of a success, for the client to keep for device_life
};

/// The domain: one object a worker, since it holds that worker's verifier and signer.
class service {
public:
    service(shared_state shared, jwt::key_ring const& keys);

    /// Starts a session. Takes the same time for an unknown name, a wrong password and a disabled user.
    /// Errors: bad_credentials, too_many_failures, busy.
    task<login_answer> login(credentials given, client from);

    /// Whether this is an access token that counts now. Pure computation, no I/O, microseconds. Errors:
    /// jwt::errc, access_required, token_revoked.
    result<jwt::verified> authenticate(std::string_view token) noexcept;

    /// Whether this is a refresh token that may still count (refresh decides with the store). Errors:
    /// jwt::errc, refresh_required, token_revoked.
    result<jwt::verified> check_refresh_token(std::string_view token) noexcept;

    /// Rotates the session's refresh token. `token` comes from check_refresh_token. Errors: token_revoked,
    /// busy; jwt::errc::expired when only the leeway let the token pass.
    task<result<grant>> refresh(jwt::verified token, client from);

    /// Whether the token is one of ours though it may have expired: a good signature is enough to end its
    /// session.
    result<jwt::verified> recognise(std::string_view token) noexcept;

    /// Ends the sessions of these tokens, which come from recognise: at once in every worker, durable when it
    /// returns. Sessions that have ended for good before are passed over. The error is busy when it could not
    /// be written down; the tokens are refused all the same, and the store tries on.
    task<result<void>> logout(std::vector<jwt::verified> tokens, client from);

    /// The session of a token, as the store has it. Errors: token_revoked when it is gone, busy.
    task<result<session>> find_session(std::string id);

    /// When implicit refresh of this access token begins: its exp less refresh-window. None when it will not
    /// happen (turned off, no sxp, or sxp would not give it a longer life).
    std::optional<std::chrono::sys_seconds> refresh_at(jwt::claims const& access) const noexcept;

    /// Implicit refresh: a new access token of the same session, roles and CSRF value, not fresh, never past
    /// sxp; none when it is not due yet, would not live longer than the one there is, or has a CSRF value or
    /// session that no token of a login has (it would go into a header). No I/O.
    std::optional<access_grant> renew(jwt::claims const& access);

private:
    task<result<session_and_user>> rotate(std::string session, std::int64_t counter);
    std::vector<jwt::verified> not_ended_for_good(std::vector<jwt::verified> tokens) const;
    session_end end_of(jwt::claims const& token) const;

    shared_state shared_;
    auth::login login_;
    jwt::verifier verifier_;
    token_minter minter_;
};

}  // namespace jwtgate::auth
