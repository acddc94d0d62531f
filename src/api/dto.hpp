#pragma once

#include "auth/service.hpp"
#include "auth/session.hpp"
#include "core/result.hpp"
#include <jwtgate/jwt/claims.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace jwtgate::api {

/// Reads `{"username","password"}`; other members are ignored. Errors: api::errc from bad_json to nul_inside.
core::result<auth::credentials> read_credentials(std::string_view body);

/// `{"msg","error"}`.
std::string error_json(std::string_view message, std::string_view code);

/// The answer of /token, and of /refresh by header.
std::string token_json(auth::grant const& granted);

/// `{"logged_in_as"}`.
std::string protected_json(std::string_view user_name);

/// What /me tells.
struct identity {
    jwt::claims const& claims;
    auth::session const& session;
    std::string_view token;  ///< compact, verified: its header and payload are shown as they are
    std::optional<std::chrono::sys_seconds> refresh_at;
};

std::string identity_json(identity const& who);

}  // namespace jwtgate::api
