#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace jwtgate::auth {

/// How long things live, whose tokens count, which passwords may be set; the options of the same names.
struct settings {
    std::string issuer;
    std::string audience;
    std::chrono::seconds access_ttl{std::chrono::hours{1}};
    std::chrono::seconds refresh_ttl{std::chrono::days{30}};
    std::chrono::seconds session_max_age{std::chrono::days{90}};
    std::chrono::seconds refresh_window{std::chrono::minutes{30}};  ///< 0: no implicit refresh
    std::chrono::seconds implicit_refresh_max{std::chrono::hours{24}};
    std::chrono::seconds leeway{0};
    std::size_t max_sessions = 100;       ///< live sessions of one user
    std::size_t password_min_length = 8;  ///< in characters
};

}  // namespace jwtgate::auth
