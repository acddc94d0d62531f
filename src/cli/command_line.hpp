#pragma once

namespace jwtgate::cli {

/// Runs the command that the arguments name and returns the exit status: 0 done, 1 refused or not possible, 2
/// wrong usage or configuration. What went wrong is one line on stderr.
int run_command_line(int argc, char const* const* argv);

}  // namespace jwtgate::cli
