#pragma once

#include "cli/command.hpp"

namespace jwtgate::cli {

/// `jwtgate token ...`. Both outlive the parsing and the command.
void add_token_commands(CLI::App& root, chosen_command& chosen);

}  // namespace jwtgate::cli
