#pragma once

#include "config/option_values.hpp"
#include "config/options.hpp"
#include "config/settings.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): not ours
class App;
}

namespace jwtgate::config {

/// What the command line gave: name of the option to what was written behind it, once for each time.
using given_options = std::map<std::string, std::vector<std::string>, std::less<>>;

using environment = std::map<std::string, std::string, std::less<>>;

/// The variables of this process.
environment process_environment();

/// Gives the command `--config` and every option that commands of this scope take. Parsing fills `given`,
/// which has to live until then.
void add_options(CLI::App& command, option_scope scope, given_options& given);

struct loaded {
    settings values;
    std::vector<setting> table;         ///< one for each option, in the order of options()
    std::vector<std::string> warnings;  ///< for the log: one line each
};

/// Command line beats environment beats file (`--config`, else JWTGATE_CONFIG) beats default. Throws
/// error.
loaded load(given_options const& given, environment const& variables);

/// Every option with its value and where that came from, as a configuration file that gives the same values.
std::string show(loaded const& loaded);

}  // namespace jwtgate::config
