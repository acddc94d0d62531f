#pragma once

#include "api/control/user_command.hpp"
#include "app/config.hpp"
#include "core/log.hpp"

namespace jwtgate::app {

/// Has the command done: by the running server, which then acts on it at once, or by this process when there
/// is none. Throws std::runtime_error with one line when neither is possible.
api::user_reply perform(config const& chosen, api::user_command command, core::log const& log);

/// Prints users for a person, or as a JSON array.
void print_users(std::vector<api::user_line> const& users);
void print_users_as_json(std::vector<api::user_line> const& users);

}  // namespace jwtgate::app
