#include "api/answer.hpp"
#include "api/body/form_body.hpp"
#include "api/body/json_body.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/log_in.hpp"
#include "api/handlers/several_cookies.hpp"
#include "api/page/form_login.hpp"

#include <utility>
#include <vector>

namespace jwtgate::api {
namespace {

core::result<auth::credentials> credentials_of(http::request const& req)
{
    auto const body = json_body_of(req);
    if (!body) return body.error();
    return read_credentials(*body);
}

void refuse_login(http::response& res, auth::login_answer const& answer)
{
    auto const why = answer.granted.error();
    refuse(res, why, describe(why).message, answer.wait);
}

core::task<void> log_in_by_json(context& ctx, http::request const& req, http::response& res)
{
    auto given = credentials_of(req);
    if (given) given->devices = ctx.site.credentials.devices(req);
    auto const answer = co_await log_in(ctx, req, std::move(given));
    if (!answer.granted) co_return refuse_login(res, answer);
    begin_answer(res, 200);
    set_login_cookies(ctx, req, res, answer);
    res.finish("application/json", R"({"login":true})");
}

}  // namespace

core::task<auth::login_answer> log_in(
    context& ctx, http::request const& req, core::result<auth::credentials> given
)
{
    if (!given) co_return auth::login_answer{.granted = given.error()};
    co_return co_await ctx.service.login(std::move(*given), client_of(ctx, req));
}

void set_login_cookies(
    context& ctx, http::request const& req, http::response& res, auth::login_answer const& answer
)
{
    if (ctx.site.former.has_several(req.fields)) clear_beside_new(ctx, req, res);
    ctx.site.cookies.set(res, *answer.granted);
    if (!answer.device_token.empty()) ctx.site.cookies.set_device(res, answer.device_token);
}

core::task<void> login(context& ctx, http::request const& req, http::response& res)
{
    return has_form(req) ? log_in_by_form(ctx, req, res) : log_in_by_json(ctx, req, res);
}

core::task<void> token(context& ctx, http::request const& req, http::response& res)
{
    auto given = credentials_of(req);
    auto const answer = co_await log_in(ctx, req, std::move(given));
    if (!answer.granted) co_return refuse_login(res, answer);
    answer_json(res, token_json(*answer.granted));
}

}  // namespace jwtgate::api
