#pragma once

#include "auth/client.hpp"
#include "auth/login/login.hpp"
#include "auth/shared_state.hpp"
#include "core/secret.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace jwtgate::auth {

/// Who asks about an account of its own: what an access token that counts says.
struct account_holder {
    std::string user_name;
    std::string session;
    client from;
};

/// The password as it is and as it is to be; both are wiped when this goes.
struct password_change {
    core::secret current;
    core::secret wanted;
    std::vector<std::string> devices{};  ///< what the client keeps of earlier logins
};

/// An invite as it was sent, and the password that it is to set; both are wiped when this goes.
struct accepted_invite {
    core::secret invite;
    core::secret wanted;
};

/// What became of it.
struct password_answer {
    result<void> changed;
    std::chrono::seconds wait{0};  ///< with too_many_failures: until another attempt is worth it
};

/// What users do with their own sessions and password. What ends is refused in every worker when the call
/// returns, and written down for good; after an error nothing has changed. One object a worker.
class account {
public:
    account(shared_state shared, jwt::key_ring const& keys) : shared_{shared}, login_{shared, keys} {}

    /// Characters that a new password needs.
    std::size_t password_min_length() const noexcept { return shared_.settings.password_min_length; }

    /// The user's sessions that have not run out, newest first. Error: busy.
    task<result<std::vector<session>>> list(std::string user_name);

    /// Ends one that is the user's own. Errors: no_such_session, busy.
    task<result<void>> end_one(account_holder who, std::string session);

    /// Error: busy.
    task<result<void>> end_all(account_holder who);
    task<result<void>> end_others(account_holder who);

    /// Sets another password and ends the user's other sessions. Of several changes at once, one gets
    /// through. Errors: those of check_new_password, password_unchanged, those of login::identify,
    /// bad_credentials when the password has changed meanwhile, token_revoked when the session has ended.
    task<password_answer> change_password(account_holder who, password_change given);

    /// Sets the password of the user whose invite this is, uses the invite up and ends the user's sessions.
    /// Of several at once, one gets through. Errors: bad_credentials for one that is unknown, used or has
    /// expired, or whose user is disabled; those of check_new_password, which leave it usable; busy.
    task<result<void>> accept_invite(accepted_invite given, client from);

private:
    task<result<std::string>> use_invite(accepted_invite given);
    result<void> check_wanted(account_holder const& who, password_change const& given) const;
    task<result<void>> end_but(account_holder who, std::string spared);
    task<result<void>> replace(account_holder who, user known, core::secret wanted);
    void note_ended(std::vector<std::string> const& ended);

    shared_state shared_;
    login login_;
};

}  // namespace jwtgate::auth
