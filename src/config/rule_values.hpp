#pragma once

#include "api/rules/rule.hpp"
#include "config/option_values.hpp"

#include <vector>

namespace jwtgate::config {

/// The rules of the gate in their order, several in one text with ';' between them; "none" alone is an empty
/// list. Throws error for what is no rule, and for a rule that never decides since an earlier one hides it.
std::vector<api::rule> rules(setting const& from);

}  // namespace jwtgate::config
