#pragma once

#include "cli/command.hpp"

namespace jwtgate::cli {

/// `jwtgate key ...`. Both outlive the parsing and the command.
void add_key_commands(CLI::App& root, chosen_command& chosen);

}  // namespace jwtgate::cli
