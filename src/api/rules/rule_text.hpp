#pragma once

#include "api/rules/rule.hpp"

#include <stdexcept>
#include <string_view>

namespace jwtgate::api {

/// Why a text is no rule: words that go on a sentence about it.
struct rule_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Reads `[METHOD,...] HOST/PATH public|user|role:ROLE,...|preflight`; HOST may be `*`, PATH may end in `/*`.
/// Throws rule_error.
rule parse_rule(std::string_view text);

}  // namespace jwtgate::api
