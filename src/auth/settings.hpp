#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace jwtgate::auth {

/// How many failed logins are looked at before more are refused unseen; the options of these names.
struct login_limits {
    std::uint32_t failures = 10;  ///< of one user from one address in the window; 0: no limit
    std::chrono::seconds window{std::chrono::minutes{15}};
    std::uint32_t failures_address = 100;  ///< of one address in the window, whoever it names; 0: no limit
};

/// How long things live, whose tokens count, which passwords may be set; the options of the same names.
struct settings {
    std::string issuer;
    std::string audience;
    std::chrono::seconds access_ttl{std::chrono::hours{1}};
    std::chrono::seconds refresh_ttl{std::chrono::days{30}};
    std::chrono::seconds session_max_age{std::chrono::days{90}};
    std::chrono::seconds refresh_window{std::chrono::minutes{30}};  ///< 0: no implicit refresh
    std::chrono::seconds implicit_refresh_max{std::chrono::hours{24}};
    std::chrono::seconds refresh_grace{30};  ///< how long a superseded refresh token yields its successor
    std::chrono::seconds leeway{0};
    login_limits login;
    std::size_t max_sessions = 100;       ///< live sessions of one user
    std::size_t password_min_length = 8;  ///< in characters
};

}  // namespace jwtgate::auth
