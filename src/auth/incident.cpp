#include "auth/incident.hpp"

#include "auth/error.hpp"
#include <jwtgate/jwt/error.hpp>

namespace jwtgate::auth {
namespace {

std::string_view outcome(core::error_code why) noexcept
{
    if (!why) return "ok";
    if (why == errc::bad_credentials) return "bad_credentials";
    if (why == errc::busy) return "busy";
    if (why == errc::token_reused) return "reused";
    if (why == errc::counter_ahead) return "counter_ahead";
    if (why == errc::unusable_session) return "unusable_session";
    if (why == errc::token_revoked) return "token_revoked";
    if (why == errc::no_such_session) return "no_such_session";
    if (why == jwt::errc::expired) return "expired";
    if (why == jwt::errc::not_yet_valid) return "not_yet_valid";
    return "failed";
}

}  // namespace

void record(core::log const& log, incident const& it) noexcept
{
    auto const fields = {
        core::log_field{"user", it.user},
        core::log_field{"address", it.address},
        core::log_field{"sid", it.session},
        core::log_field{"outcome", outcome(it.why)},
    };
    if (it.why) return log.warn(it.what, fields);
    log.info(it.what, fields);
}

}  // namespace jwtgate::auth
