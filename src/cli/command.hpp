#pragma once

#include "config/load.hpp"
#include "core/log/log.hpp"

#include <functional>
#include <string_view>

namespace jwtgate::cli {

/// What every command ends with.
namespace exit_status {
inline constexpr int done = 0;
inline constexpr int refused = 1;
inline constexpr int wrong_usage = 2;
}  // namespace exit_status

/// What parsing the command line fills: the options, and the command to run with them, which returns its exit
/// status.
struct chosen_command {
    config::given_options options;
    std::function<int()> run;
};

/// One line on stderr, as a terminal may show it; left out when stderr does not take it in time. Returns the
/// status.
int complain(std::string_view what, int status);

/// Writes to stdout. Throws std::runtime_error with one line when that does not take it.
void print(std::string_view text);

config::loaded load(chosen_command const& given);

/// The log as configured; the warnings of the configuration are written to it.
core::log log_of(config::loaded const& loaded);

}  // namespace jwtgate::cli
