#pragma once

#include <chrono>
#include <string>

namespace jwtgate::auth {

/// An access token just made.
struct access_grant {
    std::string token;
    std::string csrf;
    std::chrono::seconds lives_for{0};
};

/// What a login or an explicit refresh yields.
struct grant {
    access_grant access;
    std::string refresh_token;
    std::string refresh_csrf;
    std::chrono::seconds refresh_lives_for{0};
};

}  // namespace jwtgate::auth
