#pragma once

#include "api/control/command_terms.hpp"
#include "auth/admin/session_admin.hpp"
#include "core/task.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::api {

/// One `jwtgate session ...` on its way to the process that owns the store.
struct session_command {
    std::string action;  ///< list, revoke
    std::optional<std::string> user;
    std::optional<std::string> session;
    std::string after;  ///< of a list in parts: the last id of the part before
    command_terms terms;
};
BOOST_DESCRIBE_STRUCT(session_command, (), (action, user, session, after, terms))

/// What a person may know of a session. Its texts are printable ASCII, whatever a client said of itself.
struct session_line {
    std::string id;
    std::string user;
    std::int64_t created = 0;    ///< seconds since 1970 UTC, as all times here
    std::int64_t last_used = 0;  ///< last login or explicit refresh
    std::int64_t expires = 0;    ///< unless it is used before
    std::string address;
    std::string user_agent;
};
BOOST_DESCRIBE_STRUCT(session_line, (), (id, user, created, last_used, expires, address, user_agent))

/// The outcome: one line that says why nothing was done, or what was; or sessions to show.
struct session_reply {
    std::string refused;  ///< empty: it was done
    std::string done;
    std::string user;  ///< whose sessions ended
    std::vector<session_line> sessions;
    std::string next;  ///< where to go on with `after`; empty: these are all
};
BOOST_DESCRIBE_STRUCT(session_reply, (), (refused, done, user, sessions, next))

/// Does it. Refusals are in the reply. The sessions of one user come newest first and at once, those of
/// everybody in parts, by their ids.
core::task<session_reply> run(auth::session_admin& admin, session_command command);

}  // namespace jwtgate::api
