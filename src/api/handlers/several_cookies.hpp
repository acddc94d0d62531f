#pragma once

#include "api/context.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

namespace jwtgate::api {

// A cookie is known by its name, domain and path, so an option that changed, or a server in the same domain,
// makes a browser send several of one name. The one that counts is taken; where none can be, all go.

/// The access token that counts, whatever it is needed for, among several cookies. Errors: several_cookies,
/// several_sessions.
core::result<presented_token> choose_access(context& ctx, http::request const& req);

/// The refresh token that counts among several cookies: of those of one session the newest, so that an older
/// one beside it is no reuse. Errors: several_cookies, several_sessions, busy.
core::task<core::result<jwt::verified>> choose_refresh(context& ctx, http::request const& req);

/// Why there is no token among several cookies of one kind.
struct several {
    token_kind kind;
    core::error_code why;
};

/// Whether choose_access or choose_refresh found none.
bool is_several(core::error_code why) noexcept;

/// Deletes what the request shows of the session's cookies in other forms than that in which the answer sets
/// them; before it does, since not every client tells the forms of one name apart.
void clear_beside_new(context& ctx, http::request const& req, http::response& res);

/// Deletes what the request shows of the cookies of these kinds, and the form that this server sets now.
void clear_every_form(context& ctx, http::request const& req, http::response& res, token_kinds kinds);

/// The whole refusal of several cookies, which deletes them.
void refuse_several(context& ctx, http::request const& req, http::response& res, several const& what);

}  // namespace jwtgate::api
