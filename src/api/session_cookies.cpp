#include "api/session_cookies.hpp"

#include <string_view>

namespace jwtgate::api {
namespace {

std::string_view name_prefix(cookie_settings const& settings)
{
    if (!settings.secure) return "";
    return settings.domain.empty() ? "__Host-" : "__Secure-";
}

std::string prefixed(cookie_settings const& settings, std::string_view name)
{
    return std::string(name_prefix(settings)).append(settings.prefix).append(name);
}

}  // namespace

session_cookies::session_cookies(cookie_settings settings)
    : settings_{std::move(settings)},
      access_{prefixed(settings_, "access_token_cookie")},
      csrf_access_{prefixed(settings_, "csrf_access_token")},
      refresh_{prefixed(settings_, "refresh_token_cookie")},
      csrf_refresh_{prefixed(settings_, "csrf_refresh_token")}
{}

void session_cookies::set(http::response& res, auth::grant const& granted) const
{
    set(res, granted.access);
    auto const age = granted.refresh_lives_for;
    res.add("Set-Cookie", to_field_value(make(refresh_, granted.refresh_token, age, readable::no)));
    res.add("Set-Cookie", to_field_value(make(csrf_refresh_, granted.refresh_csrf, age, readable::yes)));
}

void session_cookies::set(http::response& res, auth::access_grant const& granted) const
{
    auto const age = granted.lives_for;
    res.add("Set-Cookie", to_field_value(make(access_, granted.token, age, readable::no)));
    res.add("Set-Cookie", to_field_value(make(csrf_access_, granted.csrf, age, readable::yes)));
}

void session_cookies::set_for_proxy(http::response& res, auth::access_grant const& granted) const
{
    auto const age = granted.lives_for;
    set(res, granted);
    res.add("X-Auth-Set-Cookie-1", to_field_value(make(access_, granted.token, age, readable::no)));
    res.add("X-Auth-Set-Cookie-2", to_field_value(make(csrf_access_, granted.csrf, age, readable::yes)));
}

void session_cookies::clear(http::response& res) const
{
    for (auto const* const name : {&access_, &refresh_}) {
        res.add("Set-Cookie", to_deletion(make(*name, "", {}, readable::no)));
    }
    for (auto const* const name : {&csrf_access_, &csrf_refresh_}) {
        res.add("Set-Cookie", to_deletion(make(*name, "", {}, readable::yes)));
    }
}

http::set_cookie session_cookies::make(
    std::string_view name, std::string_view value, std::chrono::seconds age, readable by_scripts
) const noexcept
{
    return {
        .name = name,
        .value = value,
        .max_age = age,
        .domain = settings_.domain,
        .secure = settings_.secure,
        .http_only = by_scripts == readable::no,
        .same_site = settings_.same_site,
    };
}

}  // namespace jwtgate::api
