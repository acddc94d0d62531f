#include "api/session_cookies.hpp"

#include "http/target.hpp"

#include <string_view>

namespace jwtgate::api {

std::string_view security_prefix(cookie_settings const& settings) noexcept
{
    if (!settings.secure) return "";
    return settings.domain.empty() ? "__Host-" : "__Secure-";
}

session_cookies::session_cookies(cookie_settings settings)
    : settings_{std::move(settings)},
      access_{name_of(access_cookie.name)},
      csrf_access_{name_of(csrf_access_cookie.name)},
      refresh_{name_of(refresh_cookie.name)},
      csrf_refresh_{name_of(csrf_refresh_cookie.name)},
      device_{name_of(device_cookie)},
      form_{name_of(form_cookie)}
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
    auto const csrf = http::percent_encode(granted.csrf);
    res.add("Set-Cookie", to_field_value(make(access_, granted.token, age, readable::no)));
    res.add("Set-Cookie", to_field_value(make(csrf_access_, csrf, age, readable::yes)));
}

void session_cookies::set_for_proxy(http::response& res, auth::access_grant const& granted) const
{
    auto const age = granted.lives_for;
    auto const csrf = http::percent_encode(granted.csrf);
    set(res, granted);
    res.add("X-Auth-Set-Cookie-1", to_field_value(make(access_, granted.token, age, readable::no)));
    res.add("X-Auth-Set-Cookie-2", to_field_value(make(csrf_access_, csrf, age, readable::yes)));
}

void session_cookies::set_device(http::response& res, std::string_view token) const
{
    res.add("Set-Cookie", to_field_value(make(device_, token, auth::device_life, readable::no)));
}

void session_cookies::set_form(http::response& res, std::string_view value) const
{
    res.add("Set-Cookie", to_field_value(make(form_, value, form_life, readable::no)));
}

void session_cookies::clear(http::response& res, token_kind kind) const
{
    for (auto const& each : four_cookies) {
        if (each.kind != kind) continue;
        res.add("Set-Cookie", to_deletion(make(name_of(each.name), "", {}, each.by_scripts)));
    }
}

std::string session_cookies::name_of(std::string_view own_name) const
{
    return std::string(security_prefix(settings_)).append(settings_.prefix).append(own_name);
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
