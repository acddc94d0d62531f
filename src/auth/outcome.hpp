#pragma once

#include "core/result.hpp"

#include <string_view>

namespace jwtgate::auth {

/// What became of a login, a refresh, a logout, or what users do with their accounts: what the log says of
/// it, and what is counted.
enum class outcome {
    ok,
    bad_credentials,
    too_many_failures,
    busy,
    reused,
    counter_ahead,
    unusable_session,
    token_revoked,
    no_such_session,
    expired,
    not_yet_valid,
    failed,  ///< anything else
};

outcome outcome_of(core::error_code why) noexcept;

/// "bad_credentials", "ok".
std::string_view word(outcome what) noexcept;

}  // namespace jwtgate::auth
