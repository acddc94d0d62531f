#pragma once

#include "core/secret.hpp"

namespace jwtgate::app {

/// The first line of standard input, without its line feed. Throws std::runtime_error when there is none.
core::secret read_password_line();

/// Asks twice on the terminal, without echo. Throws std::runtime_error when standard input is no terminal, or
/// the two differ.
core::secret ask_for_password();

}  // namespace jwtgate::app
