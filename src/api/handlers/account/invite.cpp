#include "api/answer.hpp"
#include "api/body/json_body.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "api/handlers/handlers.hpp"

#include <utility>

namespace jwtgate::api {
namespace {

core::result<auth::accepted_invite> given_in(http::request const& req)
{
    auto const body = json_body_of(req);
    if (!body) return body.error();
    return read_accepted_invite(*body);
}

}  // namespace

core::task<void> accept_invite(context& ctx, http::request const& req, http::response& res)
{
    auto given = given_in(req);
    if (!given) co_return refuse(res, given.error());
    auto const done = co_await ctx.account.accept_invite(std::move(*given), client_of(ctx, req));
    if (!done) co_return refuse(res, done.error(), explain(done.error(), ctx.account.password_min_length()));
    begin_answer(res, 204);
    res.finish_empty();
}

}  // namespace jwtgate::api
