#pragma once

#include "cli/command.hpp"

namespace jwtgate::cli {

/// `jwtgate session ...`. Both outlive the parsing and the command.
void add_session_commands(CLI::App& root, chosen_command& chosen);

}  // namespace jwtgate::cli
