#pragma once

#include "app/command.hpp"

namespace jwtgate::app {

/// `jwtgate session ...`. Both outlive the parsing and the command.
void add_session_commands(CLI::App& root, chosen_command& chosen);

}  // namespace jwtgate::app
