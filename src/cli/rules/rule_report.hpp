#pragma once

#include "api/control/user_command.hpp"
#include "api/rules/rule_set.hpp"

#include <string>

namespace jwtgate::cli {

/// What the gate does with a request, and why, in sentences.
struct rule_report {
    std::string text;
    bool is_let_in = false;
};

using asked_request = boost::system::result<api::original_request, api::unclear>;

/// For a request of this user, or of nobody who is logged in where that is null.
rule_report report(api::rule_set const& rules, asked_request const& asked, api::user_line const* user);

}  // namespace jwtgate::cli
