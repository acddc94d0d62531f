#pragma once

#include "config/settings.hpp"

namespace jwtgate::files {

/// Throws key_file_error when the key file cannot be used, and std::runtime_error with one line when it is
/// missing though the database holds users, whose sessions a new key would end.
void check_keys(config::settings const& chosen);

}  // namespace jwtgate::files
