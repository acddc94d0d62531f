#include "auth/outcome.hpp"

#include "auth/error.hpp"
#include <jwtgate/jwt/error.hpp>

#include <array>
#include <cstddef>

namespace jwtgate::auth {
namespace {

// In the order of the enumeration.
constexpr auto words = std::to_array<std::string_view>({
    "ok",
    "bad_credentials",
    "too_many_failures",
    "busy",
    "reused",
    "counter_ahead",
    "unusable_session",
    "token_revoked",
    "no_such_session",
    "expired",
    "not_yet_valid",
    "failed",
});

}  // namespace

outcome outcome_of(core::error_code why) noexcept
{
    if (!why) return outcome::ok;
    if (why == errc::bad_credentials) return outcome::bad_credentials;
    if (why == errc::too_many_failures) return outcome::too_many_failures;
    if (why == errc::busy) return outcome::busy;
    if (why == errc::token_reused) return outcome::reused;
    if (why == errc::counter_ahead) return outcome::counter_ahead;
    if (why == errc::unusable_session) return outcome::unusable_session;
    if (why == errc::token_revoked) return outcome::token_revoked;
    if (why == errc::no_such_session) return outcome::no_such_session;
    if (why == jwt::errc::expired) return outcome::expired;
    if (why == jwt::errc::not_yet_valid) return outcome::not_yet_valid;
    return outcome::failed;
}

std::string_view word(outcome what) noexcept
{
    return words[static_cast<std::size_t>(what)];
}

}  // namespace jwtgate::auth
