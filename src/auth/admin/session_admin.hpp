#pragma once

#include "auth/shared_state.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace jwtgate::auth {

/// What the command line does with sessions of anybody. What ends is refused in every worker when the call
/// returns, and written down for good; after an error nothing has changed.
class session_admin {
public:
    explicit session_admin(shared_state shared) noexcept : shared_{shared} {}

    /// The live sessions of everybody, some at a time as store::live_sessions says. Error: busy.
    task<result<std::vector<session>>> list(std::string after);

    /// All live sessions of one user, newest first. Errors: no_such_user, busy.
    task<result<std::vector<session>>> list_of(std::string user_name);

    /// Ends one, also where it has run out by a clock that may be wrong. Returns whose it was. Errors:
    /// no_such_session, busy.
    task<result<std::string>> end(std::string session);

    /// Ends all sessions of the user, and whatever was issued to it before. Returns how many sessions that
    /// were. Errors: no_such_user, busy.
    task<result<std::size_t>> end_all_of(std::string user_name);

private:
    shared_state shared_;
};

}  // namespace jwtgate::auth
