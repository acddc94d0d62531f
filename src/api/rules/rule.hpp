#pragma once

#include "api/rules/original_request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// Whom a rule lets in.
enum class audience {
    everybody,  ///< without a token too
    users,
    roles,      ///< users who have one of them
    preflights  ///< nobody, but the question of a browser that comes before a request (CORS)
};

/// Whether a rule is for a request, or the first thing that is another one.
enum class rule_fit { fits, other_host, other_method, no_preflight, other_path, other_letter_case };

/// One `rule` of the configuration.
struct rule {
    std::string text;                  ///< as configured, one space between its words
    std::vector<std::string> methods;  ///< none: any
    std::string host;                  ///< in lower case; empty: any
    std::string path;                  ///< canonical, without a slash at its end
    bool has_below = false;            ///< for whatever is below the path too
    audience lets_in = audience::users;
    std::vector<std::string> roles;

    /// A path with a slash at its end is the same one. Without an allocation.
    rule_fit fit(original_request const& asked) const noexcept;

    /// Whether this one decides whatever `later` is for, so that `later` never does.
    bool hides(rule const& later) const noexcept;
};

}  // namespace jwtgate::api
