#pragma once

#include "api/control/session_command.hpp"
#include "config/settings.hpp"
#include "core/log/log.hpp"

#include <string>
#include <vector>

namespace jwtgate::cli {

/// Has the command done: by the running server, which then acts on it at once, or by this process when there
/// is none. A list is whole, newest first. Throws std::runtime_error with one line when neither is possible.
api::session_reply perform(
    config::settings const& chosen, api::session_command command, core::log const& log
);

/// The sessions as a terminal may show them, or as a JSON array.
std::string shown_sessions(std::vector<api::session_line> const& sessions);
std::string shown_sessions_as_json(std::vector<api::session_line> const& sessions);

}  // namespace jwtgate::cli
