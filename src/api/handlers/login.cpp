#include "api/answer.hpp"
#include "api/body/json_body.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/several_cookies.hpp"

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

core::task<auth::login_answer> log_in(
    context& ctx, http::request const& req, std::vector<std::string> devices
)
{
    auto given = credentials_of(req);
    if (!given) co_return auth::login_answer{.granted = given.error()};
    given->devices = std::move(devices);
    co_return co_await ctx.service.login(std::move(*given), client_of(ctx, req));
}

void refuse_login(http::response& res, auth::login_answer const& answer)
{
    auto const why = answer.granted.error();
    refuse(res, why, describe(why).message, answer.wait);
}

}  // namespace

core::task<void> login(context& ctx, http::request const& req, http::response& res)
{
    auto devices = ctx.site.credentials.devices(req);
    auto const answer = co_await log_in(ctx, req, std::move(devices));
    if (!answer.granted) co_return refuse_login(res, answer);
    begin_answer(res, 200);
    if (ctx.site.former.has_several(req.fields)) clear_beside_new(ctx, req, res);
    ctx.site.cookies.set(res, *answer.granted);
    if (!answer.device_token.empty()) ctx.site.cookies.set_device(res, answer.device_token);
    res.finish("application/json", R"({"login":true})");
}

core::task<void> token(context& ctx, http::request const& req, http::response& res)
{
    std::vector<std::string> no_devices;
    auto const answer = co_await log_in(ctx, req, std::move(no_devices));
    if (!answer.granted) co_return refuse_login(res, answer);
    answer_json(res, token_json(*answer.granted));
}

}  // namespace jwtgate::api
