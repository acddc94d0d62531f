#pragma once

#include "cli/command.hpp"

namespace jwtgate::cli {

/// `jwtgate rule ...`. Both outlive the parsing and the command.
void add_rule_commands(CLI::App& root, chosen_command& chosen);

}  // namespace jwtgate::cli
