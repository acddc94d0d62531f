#pragma once

#include "api/context.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

namespace jwtgate::api {

/// Asks the service, where the request gives credentials. Errors: those of `given` and of
/// auth::service::login.
core::task<auth::login_answer> log_in(
    context& ctx, http::request const& req, core::result<auth::credentials> given
);

/// The cookies of a login that was granted; those of other forms go. After begin_answer.
void set_login_cookies(
    context& ctx, http::request const& req, http::response& res, auth::login_answer const& answer
);

}  // namespace jwtgate::api
