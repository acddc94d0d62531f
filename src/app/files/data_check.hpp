#pragma once

#include "app/config.hpp"

namespace jwtgate::app {

/// Judges data directory, database and key file as a start does, but makes and changes nothing. Throws
/// config_error with one line that names the option.
void check_data(config const& chosen);

}  // namespace jwtgate::app
