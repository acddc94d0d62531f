#include "api/answer.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "api/handlers/access.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/several_cookies.hpp"
#include "auth/error.hpp"
#include "auth/token_id.hpp"

#include <string>
#include <vector>

namespace jwtgate::api {
namespace {

/// Which sessions a query asks to end.
enum class ended { all, others };

core::result<ended> read_query(std::string_view query)
{
    if (query.empty()) return ended::all;
    if (query == "keep=current") return ended::others;
    return errc::bad_parameter;
}

std::string_view id_of(http::request const& req) noexcept
{
    auto const id = req.path.substr(req.path.rfind('/') + 1);
    return auth::is_token_id(id) ? id : std::string_view{};
}

void answer_empty(http::response& res)
{
    begin_answer(res, 204);
    res.finish_empty();
}

void answer_logged_out(context& ctx, http::request const& req, http::response& res)
{
    begin_answer(res, 204);
    clear_every_form(ctx, req, res, {token_kind::access, token_kind::refresh});
    res.finish_empty();
}

// Ending the session that asks is a logout: it holds though it could not be written down.
core::task<void> end_current(
    context& ctx, http::request const& req, http::response& res, authenticated const& who
)
{
    std::vector<jwt::verified> tokens{who.token};
    auto const done = co_await ctx.service.logout(std::move(tokens), client_of(ctx, req));
    if (done) co_return answer_logged_out(ctx, req, res);
    begin_refusal(res, done.error());
    clear_every_form(ctx, req, res, {token_kind::access, token_kind::refresh});
    finish_refusal(res, done.error());
}

}  // namespace

core::task<void> list_sessions(context& ctx, http::request const& req, http::response& res)
{
    auto const who = authenticate(ctx, req);
    if (!who) co_return refuse_access(ctx, req, res, who.error());
    auto const sessions = co_await ctx.account.list(std::string(who->claims().subject));
    if (!sessions) co_return refuse(res, sessions.error());
    answer_renewing(ctx, *who, res, sessions_json(*sessions, who->claims().session));
}

core::task<void> end_sessions(context& ctx, http::request const& req, http::response& res)
{
    auto const who = authenticate_change(ctx, req);
    if (!who) co_return refuse_access(ctx, req, res, who.error());
    auto const which = read_query(req.query);
    if (!which) co_return refuse(res, which.error());
    auto holder = holder_of(ctx, req, *who);
    auto work = *which == ended::all ? ctx.account.end_all(std::move(holder))
                                     : ctx.account.end_others(std::move(holder));
    auto const done = co_await std::move(work);
    if (!done) co_return refuse(res, done.error());
    if (*which == ended::all) co_return answer_logged_out(ctx, req, res);
    answer_empty(res);
}

core::task<void> end_session(context& ctx, http::request const& req, http::response& res)
{
    auto const who = authenticate_change(ctx, req);
    if (!who) co_return refuse_access(ctx, req, res, who.error());
    auto const id = id_of(req);
    if (id.empty()) co_return refuse(res, auth::errc::no_such_session);
    if (id == who->claims().session) co_return co_await end_current(ctx, req, res, *who);
    auto holder = holder_of(ctx, req, *who);
    auto const done = co_await ctx.account.end_one(std::move(holder), std::string(id));
    if (!done) co_return refuse(res, done.error());
    answer_empty(res);
}

}  // namespace jwtgate::api
