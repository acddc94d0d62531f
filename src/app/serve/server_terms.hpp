#pragma once

#include "api/control/command_terms.hpp"
#include "config/load.hpp"

#include <string>

namespace jwtgate::app {

/// What the options that a command was given, in whatever way, say of the server that it may meet. Throws
/// std::runtime_error with one line when a path cannot be sent.
api::command_terms terms_of(config::loaded const& given);

/// One line that says why a server of this configuration does not go by the terms; empty when it does. It may
/// not be told to take weaker passwords than its own, nor any other hash, database or key file.
std::string refusal_of(api::command_terms const& terms, config::settings const& server);

}  // namespace jwtgate::app
