#pragma once

#include "api/context.hpp"
#include "api/rules/rule.hpp"
#include "core/result.hpp"
#include "http/request.hpp"

#include <span>
#include <string>

namespace jwtgate::api {

/// What the rules say of a question to the gate: the roles live as long as the site.
struct ruling {
    audience lets_in = audience::users;
    std::span<std::string const> roles;  ///< one of them is needed; none: whoever it is
};

/// Who is let in to what the proxy asks about; every user where there are no rules. Errors: unclear_request,
/// which is logged, and no_rule.
core::result<ruling> judge(context& ctx, http::request const& question);

}  // namespace jwtgate::api
