#pragma once

#include "core/secret.hpp"

namespace jwtgate::cli {

/// All of standard input, which has to be one line. Throws std::runtime_error with what is wrong with it.
core::secret read_password();

/// Asks twice on the terminal, without echo; a signal that ends the program turns that on again. Throws
/// std::runtime_error when standard input is no terminal, or the two differ.
core::secret ask_for_password();

}  // namespace jwtgate::cli
