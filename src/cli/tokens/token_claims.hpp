#pragma once

#include "auth/settings.hpp"
#include "core/random.hpp"
#include "core/refusal.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace jwtgate::cli {

/// What the claims that are not given follow from.
struct token_circumstances {
    auth::settings const& settings;
    core::random_source const& random;
    std::chrono::sys_seconds now;
};

/// The given claims as they are written, and behind them those that a verifier demands and that are missing:
/// iat, jti, type "access", nbf, aud and iss where they are configured, exp, sid. Refused when the text is
/// not a JSON object, or without sub. Equal names are not looked for.
boost::system::result<std::string, core::refusal> complete_claims(
    std::string_view given, token_circumstances const& with
);

}  // namespace jwtgate::cli
