#pragma once

#include "auth/account.hpp"
#include "auth/service.hpp"
#include "auth/session.hpp"
#include "core/result.hpp"
#include <jwtgate/jwt/claims.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::api {

/// Reads `{"username","password"}`; other members are ignored. Errors: api::errc from bad_json to nul_inside.
core::result<auth::credentials> read_credentials(std::string_view body);

/// Reads `{"current","new"}` likewise.
core::result<auth::password_change> read_password_change(std::string_view body);

/// Reads `{"invite","new"}` likewise.
core::result<auth::accepted_invite> read_accepted_invite(std::string_view body);

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

/// What a client says of itself may hold any octet, and JSON is UTF-8: a question mark for each one that is
/// not printable ASCII.
std::string plain_text(std::string_view text);

/// What GET /sessions tells: of which the one with the id `current` is marked.
std::string sessions_json(std::vector<auth::session> const& sessions, std::string_view current);

}  // namespace jwtgate::api
