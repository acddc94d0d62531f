#pragma once

#include "api/context.hpp"
#include "core/result.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include <jwtgate/jwt/verifier.hpp>

namespace jwtgate::api {

/// Who is asking: a verified access token that counts now, and where it came from.
struct authenticated {
    jwt::verified token;
    presented_token presented;

    jwt::claims const& claims() const noexcept { return token.claims(); }
};

/// Finds and checks the access token of a request, without I/O. Errors: those of credentials and of
/// auth::authenticator::authenticate.
core::result<authenticated> authenticate(
    context& ctx, http::request const& req, auth::token_need const& needed = {}
);

/// The refusal for an error of authenticate.
void refuse_access(context& ctx, http::request const& req, http::response& res, core::error_code why);

/// The token that implicit refresh gives to this request, when it is due: only ever to a token from a cookie.
std::optional<auth::access_grant> renew(context& ctx, authenticated const& who);

}  // namespace jwtgate::api
