#pragma once

#include "api/session_cookies.hpp"
#include "core/result.hpp"
#include "http/request.hpp"
#include <jwtgate/jwt/claims.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// Where a token is looked for.
enum class token_location { cookies, headers };

/// A token as it came; the view lives as long as the request.
struct presented_token {
    std::string_view text;
    token_location location;
};

/// What the credentials of a request are called and where they are.
struct credential_settings {
    std::vector<token_location> locations{
        token_location::cookies, token_location::headers};  ///< in this order
    std::string access_cookie;
    std::string refresh_cookie;
    std::vector<std::string> token_cookies;  ///< these two and what they may have been called before
    std::string device_cookie;               ///< no token: it is looked for wherever tokens are
    bool csrf_protect = true;
};

/// Finds the token of a request and checks its CSRF value. It decides nothing about the token itself.
class credentials {
public:
    explicit credentials(credential_settings settings);

    /// The first location that holds something like a token decides. Errors: token_missing,
    /// bad_authorization; several_cookies when the cookie has different values, which cookies_of then has.
    core::result<presented_token> access_token(http::request const& req) const noexcept;
    core::result<presented_token> refresh_token(http::request const& req) const noexcept;

    /// The different values of a token's cookie, in the order sent; no more than four are worth a try.
    std::vector<std::string_view> cookies_of(http::request const& req, token_kind kind) const;

    /// Every token of the request, of whichever kind, name and location, well-formed or not: logout ends the
    /// sessions of all.
    std::vector<presented_token> all_tokens(http::request const& req) const;

    /// What the client keeps of earlier logins, well-formed or not; no more than four are worth a try.
    std::vector<std::string> devices(http::request const& req) const;

    /// Double submit: an unsafe request whose token came from a cookie repeats the token's `csrf` claim in
    /// X-CSRF-TOKEN (compared in constant time). Errors: csrf_missing, csrf_mismatch.
    core::result<void> check_csrf(http::request const& req, token_location from, jwt::claims const& claims)
        const noexcept;

    /// The same for the value that a form of the page sends in place of the field.
    core::result<void> check_csrf(std::string_view sent, token_location from, jwt::claims const& claims)
        const noexcept;

    /// The text for token_missing, which names the places that were searched.
    std::string_view missing_access_token(http::request const& req) const noexcept;
    std::string_view missing_refresh_token(http::request const& req) const noexcept;

    /// The text for several_cookies and several_sessions, which names the cookie.
    std::string several_of(token_kind kind, core::error_code why) const;

private:
    core::result<presented_token> find(http::request const& req, std::string_view cookie) const noexcept;
    std::string const& name_of(token_kind kind) const noexcept;
    bool is_searched(token_location location) const noexcept;

    credential_settings settings_;
    std::string missing_access_;
    std::string missing_refresh_;
};

}  // namespace jwtgate::api
