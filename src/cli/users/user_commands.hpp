#pragma once

#include "api/control/user_command.hpp"
#include "config/settings.hpp"
#include "core/log/log.hpp"

#include <string>
#include <vector>

namespace jwtgate::cli {

/// Has the command done: by the running server, which then acts on it at once, or by this process when there
/// is none. Throws std::runtime_error with one line when neither is possible.
api::user_reply perform(config::settings const& chosen, api::user_command command, core::log const& log);

/// The users for a person, or as a JSON array.
std::string shown_users(std::vector<api::user_line> const& users);
std::string shown_users_as_json(std::vector<api::user_line> const& users);

}  // namespace jwtgate::cli
