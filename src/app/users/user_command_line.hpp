#pragma once

#include "app/command.hpp"

namespace jwtgate::app {

/// `jwtgate user ...`. Both outlive the parsing and the command.
void add_user_commands(CLI::App& root, chosen_command& chosen);

}  // namespace jwtgate::app
