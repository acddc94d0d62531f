#pragma once

#include "api/context.hpp"
#include "core/result.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include <jwtgate/jwt/verifier.hpp>

namespace jwtgate::api {

/// Who is asking: a verified access token that counts now, and where it came from.
struct authenticated {
    authenticated(jwt::verified const& counts, presented_token const& found) : token{counts}, presented{found}
    {}

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

/// 200 with a JSON body, and with that token when it is due.
void answer_renewing(context& ctx, authenticated const& who, http::response& res, std::string_view body);

/// The access token of a request that changes something: checked, and repeated in X-CSRF-TOKEN where it came
/// from a cookie. Errors: those of authenticate and of credentials::check_csrf.
core::result<authenticated> authenticate_change(
    context& ctx, http::request const& req, auth::token_need const& needed = {}
);

/// Whose account the request is about.
auth::account_holder holder_of(context const& ctx, http::request const& req, authenticated const& who);

}  // namespace jwtgate::api
