#pragma once

#include "core/result.hpp"
#include "http/refusal.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace jwtgate::api {

/// Why a request is refused before the domain is asked.
enum class errc {
    token_missing = 1,  ///< no token where one is looked for; credentials words it, since it names the places
    bad_authorization,  ///< Bearer without or with more than one token, or two Authorization fields
    several_cookies,    ///< a token's cookie several times, and none of them counts
    several_sessions,   ///< a token's cookie several times, and those of different sessions count
    csrf_missing,       ///< no X-CSRF-TOKEN
    csrf_mismatch,      ///< X-CSRF-TOKEN is not the claim inside the token
    cross_site,         ///< an unsafe request that another site caused
    unknown_parameter,  ///< the gate's query has a parameter that is not `role`
    unclear_request,    ///< the proxy does not say in one way what the gate is asked about
    no_rule,            ///< there are rules, and none is for what the gate is asked about
    bad_json,           ///< the body is not one JSON text
    not_an_object,      ///< the body is JSON of another kind
    duplicate_member,   ///< one name twice in an object of the body, at any depth
    wrong_member_type,  ///< a member that is needed is not a string
    user_name_missing,  ///< no `username`
    password_missing,   ///< no `password`
    current_missing,    ///< no `current`
    new_missing,        ///< no `new`
    invite_missing,     ///< no `invite`
    nul_inside,         ///< U+0000 in a member that is needed
    bad_form,           ///< the body is not what a form sends
    form_outdated,      ///< a form whose CSRF value is not that of its cookie
    bad_parameter,      ///< a query that is not one of those that the route knows
    media_type,         ///< Content-Type is not application/json
    content_encoding,   ///< the body is compressed
    not_found,          ///< no such path
    method_not_allowed,  ///< the path has other methods
};

boost::system::error_category const& error_category() noexcept;

inline boost::system::error_code make_error_code(errc e) noexcept
{
    return {static_cast<int>(e), error_category()};
}

/// How a reason looks from outside: the one table of statuses, texts and codes of the program.
struct refusal {
    unsigned status;
    std::string_view message;
    std::string_view code;
};

/// The row of a jwt, auth or api error; for anything else 500.
refusal describe(core::error_code why) noexcept;

/// The message of that row for a new password that was refused: it says how long one must be.
std::string explain(core::error_code why, std::size_t password_min_length);

/// The row of a refusal by the server itself.
refusal describe(http::refusal why) noexcept;

}  // namespace jwtgate::api

template <>
struct boost::system::is_error_code_enum<jwtgate::api::errc> : std::true_type {};
