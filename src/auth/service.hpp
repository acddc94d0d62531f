#pragma once

#include "auth/client.hpp"
#include "auth/counters.hpp"
#include "auth/grant.hpp"
#include "auth/login/login.hpp"
#include "auth/shared_state.hpp"
#include "auth/token_minter.hpp"
#include <jwtgate/jwt/key_ring.hpp>
#include <jwtgate/jwt/verified.hpp>

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

/// What waits for the store: one object a worker, since it holds that worker's signer.
class service {
public:
    /// Counts logins and refreshes in `counted`, which outlives it and is this worker's alone.
    service(shared_state shared, jwt::key_ring const& keys, counters& counted);

    /// Starts a session. Takes the same time for an unknown name, a wrong password and a disabled user.
    /// Errors: bad_credentials, too_many_failures, busy.
    task<login_answer> login(credentials given, client from);

    /// Rotates the session's refresh token, or hands out the one that another request has got for it a moment
    /// ago. `token` comes from an authenticator. A reused one ends the session. Errors: token_revoked, busy;
    /// jwt::errc::expired when only the leeway let the token pass, jwt::errc::not_yet_valid when the clock
    /// was set back behind the last rotation.
    task<result<grant>> refresh(jwt::verified token, client from);

    /// Ends the sessions of these tokens, which an authenticator has recognised: at once in every worker,
    /// durable when it returns. Sessions that have ended for good before are passed over. The error is busy
    /// when it could not be written down; the tokens are refused all the same, and the store tries on.
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
    token_minter minter_;
    counters& counted_;
};

}  // namespace jwtgate::auth
