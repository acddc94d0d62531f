#pragma once

#include "auth/service.hpp"
#include "http/cookies.hpp"
#include "http/response.hpp"

#include <array>
#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>

namespace jwtgate::api {

/// The options that shape cookies.
struct cookie_settings {
    bool secure = true;
    std::string domain;
    std::string prefix;  ///< before each cookie's own name
    http::same_site same_site = http::same_site::lax;
};

enum class token_kind { access, refresh };

using token_kinds = std::initializer_list<token_kind>;

/// Scripts read the CSRF values and never a token.
enum class readable { no, yes };

/// A cookie by its own name, before any prefix.
struct session_cookie {
    std::string_view name;
    token_kind kind;  ///< that it holds, or whose CSRF value
    readable by_scripts;
};

inline constexpr session_cookie access_cookie{"access_token_cookie", token_kind::access, readable::no};
inline constexpr session_cookie refresh_cookie{"refresh_token_cookie", token_kind::refresh, readable::no};
inline constexpr session_cookie csrf_access_cookie{"csrf_access_token", token_kind::access, readable::yes};
inline constexpr session_cookie csrf_refresh_cookie{"csrf_refresh_token", token_kind::refresh, readable::yes};
inline constexpr std::array four_cookies{
    access_cookie, refresh_cookie, csrf_access_cookie, csrf_refresh_cookie};

/// The one that is no session's: it outlives them all.
inline constexpr std::string_view device_cookie = "login_device";

/// What binds a login form to the browser that it was shown to, and how long such a form counts.
inline constexpr std::string_view form_cookie = "login_csrf";
inline constexpr std::chrono::hours form_life{24};

/// The prefix that makes a browser insist on what the settings say.
std::string_view security_prefix(cookie_settings const& settings) noexcept;

/// The four cookies of a session and that of the device: what they are called and how they are set and
/// deleted. With `secure` their names get the prefix that makes a browser insist on it (RFC 6265bis
/// section 4.1.3).
class session_cookies {
public:
    explicit session_cookies(cookie_settings settings);

    std::string const& access() const noexcept { return access_; }

    std::string const& refresh() const noexcept { return refresh_; }

    /// The cookies that scripts read: each repeats the CSRF value of the token beside it.
    std::string const& csrf_access() const noexcept { return csrf_access_; }

    std::string const& csrf_refresh() const noexcept { return csrf_refresh_; }

    std::string const& device() const noexcept { return device_; }

    std::string const& form() const noexcept { return form_; }

    cookie_settings const& settings() const noexcept { return settings_; }

    /// All four, after a login or an explicit refresh.
    void set(http::response& res, auth::grant const& granted) const;

    /// The access token and its CSRF value, after an implicit refresh.
    void set(http::response& res, auth::access_grant const& granted) const;

    /// The same two as values of the fields X-Auth-Set-Cookie-1 and -2 as well: nginx hands on one Set-Cookie
    /// of an auth answer at most.
    void set_for_proxy(http::response& res, auth::access_grant const& granted) const;

    /// What the device keeps of a login, for a year and over every logout.
    void set_device(http::response& res, std::string_view token) const;

    /// What a login form has to repeat.
    void set_form(http::response& res, std::string_view value) const;

    /// Deletes a token and its CSRF value.
    void clear(http::response& res, token_kind kind) const;

private:
    std::string name_of(std::string_view own_name) const;

    http::set_cookie make(
        std::string_view name, std::string_view value, std::chrono::seconds age, readable by_scripts
    ) const noexcept;

    cookie_settings settings_;
    std::string access_;
    std::string csrf_access_;
    std::string refresh_;
    std::string csrf_refresh_;
    std::string device_;
    std::string form_;
};

}  // namespace jwtgate::api
