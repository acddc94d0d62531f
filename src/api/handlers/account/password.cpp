#include "api/answer.hpp"
#include "api/body/json_body.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "api/handlers/access.hpp"
#include "api/handlers/handlers.hpp"

#include <string>
#include <utility>

namespace jwtgate::api {
namespace {

core::result<auth::password_change> change_of(context& ctx, http::request const& req)
{
    auto const body = json_body_of(req);
    if (!body) return body.error();
    auto given = read_password_change(*body);
    if (!given) return given.error();
    given->devices = ctx.site.credentials.devices(req);
    return given;
}

}  // namespace

core::task<void> change_password(context& ctx, http::request const& req, http::response& res)
{
    auto const who = authenticate_change(ctx, req, {.is_fresh = true});
    if (!who) co_return refuse_access(ctx, req, res, who.error());
    auto given = change_of(ctx, req);
    if (!given) co_return refuse(res, given.error());
    auto holder = holder_of(ctx, req, *who);
    auto const answer = co_await ctx.account.change_password(std::move(holder), std::move(*given));
    auto const why = answer.changed.error();
    if (why) co_return refuse(res, why, explain(why, ctx.account.password_min_length()), answer.wait);
    begin_answer(res, 204);
    res.finish_empty();
}

}  // namespace jwtgate::api
