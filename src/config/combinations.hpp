#pragma once

#include "config/option_values.hpp"
#include "config/settings.hpp"

#include <span>
#include <string>
#include <vector>

namespace jwtgate::config {

/// Throws error, naming an option, when options do not go together. The settings are those of the
/// values, one for each option.
void check_together(settings const& values, std::span<setting const> settings);

/// What goes together but is seldom meant: one line each that names the option.
std::vector<std::string> doubts_about(settings const& values);

}  // namespace jwtgate::config
