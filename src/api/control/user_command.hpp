#pragma once

#include "api/control/command_terms.hpp"
#include "auth/admin/user_admin.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "core/task.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// One `jwtgate user ...` on its way to the process that owns the store.
struct user_command {
    std::string action;  ///< add, invite, list, show, passwd, roles, disable, enable, delete
    std::string name;
    std::vector<std::string> roles;
    core::secret password;
    command_terms terms;
};

/// What a person may know of a user.
struct user_line {
    std::string name;
    std::vector<std::string> roles;
    bool enabled = true;
    bool has_password = true;  ///< one who was invited has none yet
    std::int64_t created = 0;  ///< seconds since 1970 UTC
};
BOOST_DESCRIBE_STRUCT(user_line, (), (name, roles, enabled, has_password, created))

/// The outcome: one line that says why nothing was done, or what was; or users to show.
struct user_reply {
    std::string refused;  ///< empty: it was done
    std::string done;
    std::vector<user_line> users;
};
BOOST_DESCRIBE_STRUCT(user_reply, (), (refused, done, users))

/// Does it. Refusals are in the reply.
core::task<user_reply> run(auth::user_admin& admin, user_command command);

/// Both as JSON, for the control socket. Reading refuses what writing cannot have made.
core::secret write_command(user_command const& command);
core::result<user_command> read_command(std::string_view text);
std::string write_reply(user_reply const& reply);
core::result<user_reply> read_reply(std::string_view text);

}  // namespace jwtgate::api
