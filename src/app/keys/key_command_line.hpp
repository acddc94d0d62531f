#pragma once

#include "app/command.hpp"

namespace jwtgate::app {

/// `jwtgate key ...`. Both outlive the parsing and the command.
void add_key_commands(CLI::App& root, chosen_command& chosen);

}  // namespace jwtgate::app
