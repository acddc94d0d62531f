#pragma once

#include "auth/client.hpp"
#include "auth/login/device_tokens.hpp"
#include "auth/shared_state.hpp"
#include "core/secret.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::auth {

/// Name and password as they came; the password is wiped when this goes.
struct credentials {
    std::string user_name;
    core::secret password;
    std::vector<std::string> devices{};  ///< what the client keeps of earlier logins
};

/// Whose the right password is.
struct known_user {
    auth::user user;
    std::optional<std::string> better_hash;  ///< where the stored one is weak
};

/// What became of credentials.
struct identity {
    std::string user_name = "?";  ///< for the log, where it is that of a user: people type passwords there
    result<known_user> checked;
    std::chrono::seconds wait{0};  ///< with too_many_failures: until another attempt is worth it
    std::string device;            ///< that the user is known on; empty: none
};

/// What became of an attempt to log in.
struct login_outcome {
    std::string user_name;  ///< as above
    result<session_and_user> started;
    std::chrono::seconds wait{0};  ///< as above
    std::string device_token;      ///< of a success, for the client to keep for device_life
};

/// Lets users in: from a name and a password to a session, within the limits of the guard. Belongs to one
/// worker.
class login {
public:
    login(shared_state shared, jwt::key_ring const& keys);

    /// Starts a session, whose refresh token the key of this id signs. Errors: those of identify.
    task<login_outcome> attempt(credentials given, client from, std::string key_id);

    /// Checks a name and a password, whatever they are given for, and counts a failure. Takes the same time
    /// for an unknown name, a wrong password and a disabled user. Errors: bad_credentials, busy;
    /// too_many_failures, at once and whatever the password.
    task<identity> identify(credentials given, client from);

private:
    /// Nobody when there is no such user.
    task<result<std::optional<user>>> find_user(std::string name);
    task<result<known_user>> check(result<std::optional<user>> candidate, core::secret password);
    task<result<session_and_user>> let_in(known_user who, client from, std::string key_id);
    session new_session(user const& whose, client from, std::string key_id) const;

    shared_state shared_;
    device_tokens devices_;
};

}  // namespace jwtgate::auth
