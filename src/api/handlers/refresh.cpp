#include "api/answer.hpp"
#include "api/body/form_body.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/several_cookies.hpp"
#include "api/page/page_answer.hpp"

namespace jwtgate::api {
namespace {

struct refreshable {
    jwt::verified token;
    token_location location;
};

core::result<void> check_csrf_of(context& ctx, http::request const& req, refreshable const& found)
{
    auto const& claims = found.token.claims();
    auto const form = form_of(req);
    if (!form) return ctx.site.credentials.check_csrf(req, found.location, claims);
    if (!*form) return form->error();
    return ctx.site.credentials.check_csrf((*form)->value("csrf"), found.location, claims);
}

core::result<refreshable> check_csrf(context& ctx, http::request const& req, refreshable found)
{
    auto const csrf = check_csrf_of(ctx, req, found);
    if (!csrf) return csrf.error();
    return found;
}

core::task<core::result<refreshable>> find_refreshable(context& ctx, http::request const& req)
{
    auto const presented = ctx.site.credentials.refresh_token(req);
    if (presented.error() == errc::several_cookies) {
        auto const chosen = co_await choose_refresh(ctx, req);
        if (!chosen) co_return chosen.error();
        co_return check_csrf(ctx, req, {*chosen, token_location::cookies});
    }
    if (!presented) co_return presented.error();
    auto const verified = ctx.tokens.authenticate(presented->text, {.type = auth::token_type::refresh});
    if (!verified) co_return verified.error();
    co_return check_csrf(ctx, req, {*verified, presented->location});
}

void refuse_refresh(context& ctx, http::request const& req, http::response& res, core::error_code why)
{
    if (is_several(why)) return refuse_several(ctx, req, res, {token_kind::refresh, why});
    if (has_form(req)) return refuse_by_page(ctx, req, res, why);
    if (why != errc::token_missing) return refuse(res, why);
    refuse(res, why, ctx.site.credentials.missing_refresh_token(req));
}

// A browser without scripts goes on where it was asked to lead back to.
void lead_on(context& ctx, http::request const& req, http::response& res, auth::grant const& granted)
{
    auto const form = form_of(req).value();
    begin_answer(res, 303);
    ctx.site.cookies.set(res, granted);
    lead_back(ctx, req, res, form->value("rd"));
}

}  // namespace

core::task<void> refresh(context& ctx, http::request const& req, http::response& res)
{
    auto const found = co_await find_refreshable(ctx, req);
    if (!found) co_return refuse_refresh(ctx, req, res, found.error());
    auto const granted = co_await ctx.service.refresh(found->token, client_of(ctx, req));
    if (!granted) co_return refuse_refresh(ctx, req, res, granted.error());
    if (has_form(req)) co_return lead_on(ctx, req, res, *granted);
    if (found->location == token_location::headers) co_return answer_json(res, token_json(*granted));
    begin_answer(res, 200);
    ctx.site.cookies.set(res, *granted);
    res.finish("application/json", R"({"refresh":true})");
}

}  // namespace jwtgate::api
