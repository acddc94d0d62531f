#pragma once

#include "api/session_cookies.hpp"
#include "api/source/return_targets.hpp"

#include <string_view>

namespace jwtgate::api {

/// What keeps the cookies that this site sets from reaching a URL of return_targets::find.
enum class unreached { no, scheme, domain };

unreached reach_of(cookie_settings const& cookies, asked_site const& asked, std::string_view url) noexcept;

/// Host and port of such a URL, for people to read.
std::string_view authority_of(asked_site const& asked, std::string_view url) noexcept;

}  // namespace jwtgate::api
