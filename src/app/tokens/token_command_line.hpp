#pragma once

#include "app/command.hpp"

namespace jwtgate::app {

/// `jwtgate token ...`. Both outlive the parsing and the command.
void add_token_commands(CLI::App& root, chosen_command& chosen);

}  // namespace jwtgate::app
