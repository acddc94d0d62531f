#pragma once

#include "cli/command.hpp"

namespace jwtgate::cli {

/// `jwtgate user ...`. Both outlive the parsing and the command.
void add_user_commands(CLI::App& root, chosen_command& chosen);

}  // namespace jwtgate::cli
