#pragma once

#include "app/config.hpp"
#include "app/config/option_values.hpp"

#include <span>
#include <string>
#include <vector>

namespace jwtgate::app {

/// Throws config_error, naming an option, when options do not go together. The settings are those of the
/// values, one for each option.
void check_together(config const& values, std::span<setting const> settings);

/// What goes together but is seldom meant: one line each that names the option.
std::vector<std::string> doubts_about(config const& values);

}  // namespace jwtgate::app
