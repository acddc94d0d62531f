#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace jwtgate::auth {

/// One login on one device, as the store keeps it: all that the claims of its refresh token follow from, and
/// never the token itself.
struct session {
    std::string id;  ///< `sid`: 128 random bits, base64url
    std::int64_t user_id = 0;
    std::string user_name;
    std::int64_t counter = 1;  ///< `ctr` of the refresh token that counts (the head)
    std::chrono::sys_seconds created{};
    std::chrono::sys_seconds rotated_at{};       ///< when the head was made: login or last explicit refresh
    std::chrono::sys_seconds prev_rotated_at{};  ///< when the one before it was made
    std::string rotated_kid;                     ///< the key that signed the head
    std::chrono::sys_seconds refresh_expires{};  ///< `exp` of the head
    std::chrono::sys_seconds absolute_end{};     ///< nothing of this session lives longer
    std::string csrf_access;                     ///< `csrf` of every access token of the session
    std::string csrf_refresh;                    ///< `csrf` of every refresh token of the session
    std::string address;                         ///< where the login came from
    std::string user_agent;
};

}  // namespace jwtgate::auth
