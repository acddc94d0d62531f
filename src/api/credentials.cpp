#include "api/credentials.hpp"

#include "api/errors.hpp"
#include "api/source/cross_site.hpp"
#include "core/secret.hpp"
#include "http/cookies.hpp"

#include <algorithm>

namespace jwtgate::api {
namespace {

constexpr std::size_t most_tried = 4;
constexpr std::string_view missing_header = "Missing Authorization Header";
constexpr std::string_view missing_bearer =
    "Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'";

bool is_space(char c) noexcept
{
    return c == ' ' || c == '\t';
}

struct authorization {
    std::string_view scheme;
    std::string_view rest;  // without the spaces around it
};

authorization split_authorization(std::string_view value) noexcept
{
    auto const* const end = std::ranges::find_if(value, is_space);
    auto const* const rest = std::ranges::find_if_not(end, value.end(), is_space);
    return {{value.begin(), end}, {rest, value.end()}};
}

bool is_bearer(std::string_view value) noexcept
{
    return http::same_name(split_authorization(value).scheme, "Bearer");
}

core::result<std::string_view> from_header(http::request const& req) noexcept
{
    auto const value = req.find("Authorization");
    if (value.data() == nullptr) return errc::token_missing;
    if (req.count("Authorization") > 1) return errc::bad_authorization;
    if (!is_bearer(value)) return errc::token_missing;
    auto const token = split_authorization(value).rest;
    bool const one =
        !token.empty() && std::ranges::none_of(token, [](char c) { return is_space(c) || c == ','; });
    if (!one) return errc::bad_authorization;
    return token;
}

core::result<std::string_view> from_cookie(http::request const& req, std::string_view name) noexcept
{
    auto const found = http::find_cookie(req.fields, name);
    if (found.conflicting) return errc::several_cookies;
    if (!found.value) return errc::token_missing;
    return *found.value;
}

std::vector<std::string_view> different_values(http::request const& req, std::string_view name)
{
    std::vector<std::string_view> values;
    http::for_each_cookie(req.fields, [&](std::string_view other, std::string_view value) {
        if (other != name || value.empty() || values.size() == most_tried) return;
        if (std::ranges::find(values, value) == values.end()) values.push_back(value);
    });
    return values;
}

}  // namespace

credentials::credentials(credential_settings settings) : settings_{std::move(settings)}
{
    if (!is_searched(token_location::cookies)) settings_.token_cookies.clear();
    auto const word = [this](std::string const& cookie) {
        auto missing_cookie = "Missing cookie \"" + cookie + '"';
        if (!is_searched(token_location::headers)) return missing_cookie;
        if (!is_searched(token_location::cookies)) return std::string(missing_header);
        bool const cookies_first = settings_.locations.front() == token_location::cookies;
        std::string const header(missing_header);
        return cookies_first ? "Missing JWT in cookies or headers (" + missing_cookie + "; " + header + ')'
                             : "Missing JWT in headers or cookies (" + header + "; " + missing_cookie + ')';
    };
    missing_access_ = word(settings_.access_cookie);
    missing_refresh_ = word(settings_.refresh_cookie);
}

core::result<presented_token> credentials::access_token(http::request const& req) const noexcept
{
    return find(req, settings_.access_cookie);
}

core::result<presented_token> credentials::refresh_token(http::request const& req) const noexcept
{
    return find(req, settings_.refresh_cookie);
}

std::vector<std::string_view> credentials::cookies_of(http::request const& req, token_kind kind) const
{
    return different_values(req, name_of(kind));
}

std::vector<presented_token> credentials::all_tokens(http::request const& req) const
{
    std::vector<presented_token> tokens;
    for (auto const& name : settings_.token_cookies) {
        for (auto const value : different_values(req, name))
            tokens.push_back({value, token_location::cookies});
    }
    auto const header = from_header(req);
    if (is_searched(token_location::headers) && header) tokens.push_back({*header, token_location::headers});
    return tokens;
}

std::vector<std::string> credentials::devices(http::request const& req) const
{
    auto const values = different_values(req, settings_.device_cookie);
    return {values.begin(), values.end()};
}

core::result<void> credentials::check_csrf(
    http::request const& req, token_location from, jwt::claims const& claims
) const noexcept
{
    if (!settings_.csrf_protect || from != token_location::cookies || !is_unsafe(req.method)) return {};
    if (req.count("X-CSRF-TOKEN") > 1) return errc::csrf_mismatch;
    return check_csrf(req.find("X-CSRF-TOKEN"), from, claims);
}

core::result<void> credentials::check_csrf(
    std::string_view sent, token_location from, jwt::claims const& claims
) const noexcept
{
    if (!settings_.csrf_protect || from != token_location::cookies) return {};
    if (sent.empty()) return errc::csrf_missing;
    bool const matches = !claims.csrf.empty() && core::equal_in_constant_time(sent, claims.csrf);
    if (!matches) return errc::csrf_mismatch;
    return {};
}

std::string_view credentials::missing_access_token(http::request const& req) const noexcept
{
    bool const other_scheme = settings_.locations.size() == 1 && is_searched(token_location::headers) &&
                              req.find("Authorization").data() != nullptr;
    return other_scheme ? missing_bearer : std::string_view(missing_access_);
}

std::string_view credentials::missing_refresh_token(http::request const& req) const noexcept
{
    auto const access = missing_access_token(req);
    return access == missing_bearer ? access : std::string_view(missing_refresh_);
}

std::string credentials::several_of(token_kind kind, core::error_code why) const
{
    auto const* const what = why == errc::several_sessions ? " were sent, of different sessions"
                                                           : " were sent, and none of them counts";
    return "Several cookies \"" + name_of(kind) + '"' + what;
}

core::result<presented_token> credentials::find(http::request const& req, std::string_view cookie)
    const noexcept
{
    for (auto const location : settings_.locations) {
        auto const token = location == token_location::cookies ? from_cookie(req, cookie) : from_header(req);
        if (token) return presented_token{*token, location};
        if (token.error() != errc::token_missing) return token.error();
    }
    return errc::token_missing;
}

std::string const& credentials::name_of(token_kind kind) const noexcept
{
    return kind == token_kind::access ? settings_.access_cookie : settings_.refresh_cookie;
}

bool credentials::is_searched(token_location location) const noexcept
{
    return std::ranges::find(settings_.locations, location) != settings_.locations.end();
}

}  // namespace jwtgate::api
