#pragma once

#include "auth/service.hpp"
#include "http/cookies.hpp"
#include "http/response.hpp"

#include <chrono>
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

/// The four cookies of a session: what they are called and how they are set and deleted. With `secure` their
/// names get the prefix that makes a browser insist on it (RFC 6265bis section 4.1.3).
class session_cookies {
public:
    explicit session_cookies(cookie_settings settings);

    std::string const& access() const noexcept { return access_; }

    std::string const& refresh() const noexcept { return refresh_; }

    /// The cookies that scripts read: each repeats the CSRF value of the token beside it.
    std::string const& csrf_access() const noexcept { return csrf_access_; }

    std::string const& csrf_refresh() const noexcept { return csrf_refresh_; }

    /// All four, after a login or an explicit refresh.
    void set(http::response& res, auth::grant const& granted) const;

    /// The access token and its CSRF value, after an implicit refresh.
    void set(http::response& res, auth::access_grant const& granted) const;

    /// The same two as values of the fields X-Auth-Set-Cookie-1 and -2 as well: nginx hands on one Set-Cookie
    /// of an auth answer at most.
    void set_for_proxy(http::response& res, auth::access_grant const& granted) const;

    /// Deletes all four.
    void clear(http::response& res) const;

private:
    /// Scripts read the CSRF values and never a token.
    enum class readable { no, yes };

    http::set_cookie make(
        std::string_view name, std::string_view value, std::chrono::seconds age, readable by_scripts
    ) const noexcept;

    cookie_settings settings_;
    std::string access_;
    std::string csrf_access_;
    std::string refresh_;
    std::string csrf_refresh_;
};

}  // namespace jwtgate::api
