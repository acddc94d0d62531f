#include "api/answer.hpp"
#include "api/dto.hpp"
#include "api/handlers/access.hpp"
#include "api/handlers/handlers.hpp"

namespace jwtgate::api {
core::task<void> show_protected(context& ctx, http::request const& req, http::response& res)
{
    if (auto const who = authenticate(ctx, req); who) {
        answer_renewing(ctx, *who, res, protected_json(who->claims().subject));
    } else {
        refuse_access(ctx, req, res, who.error());
    }
    return {};
}

core::task<void> me(context& ctx, http::request const& req, http::response& res)
{
    auto const who = authenticate(ctx, req);
    if (!who) co_return refuse_access(ctx, req, res, who.error());
    auto const session = co_await ctx.service.find_session(std::string(who->claims().session));
    if (!session) co_return refuse(res, session.error());
    auto const body = identity_json({
        .claims = who->claims(),
        .session = *session,
        .token = who->presented.text,
        .refresh_at = ctx.service.refresh_at(who->claims()),
    });
    answer_renewing(ctx, *who, res, body);
}

}  // namespace jwtgate::api
