#pragma once

#include "config/settings.hpp"

namespace jwtgate::files {

/// Judges data directory, database and key file as a start does, but makes and changes nothing. Throws
/// config::error with one line that names the option.
void check_data(config::settings const& chosen);

}  // namespace jwtgate::files
