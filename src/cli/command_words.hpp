#pragma once

#include <span>
#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): not ours
class App;
}

namespace jwtgate::cli {

/// One line when the words behind the program's name do not lead to a command: it names the first that no
/// command is called, and the nearest that one is. Empty when they do.
std::string wrong_command(CLI::App& root, std::span<char const* const> words);

/// One line that names the words that the chosen command did not expect, in their order, and the option that
/// is nearest to an unknown one. The command line has been parsed.
std::string unexpected_words(CLI::App& root);

}  // namespace jwtgate::cli
