#include "api/answer.hpp"
#include "api/body/media_type.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/several_cookies.hpp"

#include <string>
#include <utility>
#include <vector>

namespace jwtgate::api {
namespace {

core::result<auth::credentials> credentials_of(http::request const& req)
{
    if (req.find("Content-Encoding").data() != nullptr) return errc::content_encoding;
    if (req.count("Content-Type") != 1 || !is_json(req.find("Content-Type"))) return errc::media_type;
    return read_credentials(req.body);
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
    begin_refusal(res, why);
    if (answer.wait.count() > 0) res.add("Retry-After", std::to_string(answer.wait.count()));
    finish_refusal(res, why);
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
