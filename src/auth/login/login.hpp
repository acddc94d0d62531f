#pragma once

#include "auth/client.hpp"
#include "auth/shared_state.hpp"
#include "core/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace jwtgate::auth {

/// Name and password as they came; the password is wiped when this goes.
struct credentials {
    std::string user_name;
    core::secret password;
};

/// What became of an attempt to log in.
struct login_outcome {
    std::string user_name = "?";  ///< for the log, where it is that of a user: people type passwords there
    result<session_and_user> started;
};

/// Lets users in: from a name and a password to a session.
class login {
public:
    explicit login(shared_state shared) noexcept : shared_{shared} {}

    /// Starts a session, whose refresh token the key of this id signs. Takes the same time for an unknown
    /// name, a wrong password and a disabled user. Errors: bad_credentials, busy.
    task<login_outcome> attempt(credentials given, client from, std::string key_id);

private:
    /// A user who gave the right password, and a better hash of it where the stored one is weak.
    struct known_user {
        auth::user user;
        std::optional<std::string> better_hash;
    };

    /// Nobody when there is no such user.
    task<result<std::optional<user>>> find_user(std::string given_name);
    task<result<known_user>> check(std::optional<user> candidate, core::secret password);
    task<result<session_and_user>> let_in(known_user who, client from, std::string key_id);
    session new_session(user const& whose, client from, std::string key_id) const;

    shared_state shared_;
};

}  // namespace jwtgate::auth
