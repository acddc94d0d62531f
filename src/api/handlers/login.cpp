#include "api/answer.hpp"
#include "api/body/media_type.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/several_cookies.hpp"

namespace jwtgate::api {
namespace {

core::result<auth::credentials> credentials_of(http::request const& req)
{
    if (req.find("Content-Encoding").data() != nullptr) return errc::content_encoding;
    if (req.count("Content-Type") != 1 || !is_json(req.find("Content-Type"))) return errc::media_type;
    return read_credentials(req.body);
}

core::task<core::result<auth::grant>> log_in(context& ctx, http::request const& req)
{
    auto given = credentials_of(req);
    if (!given) co_return given.error();
    co_return co_await ctx.service.login(std::move(*given), client_of(ctx, req));
}

}  // namespace

core::task<void> login(context& ctx, http::request const& req, http::response& res)
{
    auto const granted = co_await log_in(ctx, req);
    if (!granted) co_return refuse(res, granted.error());
    begin_answer(res, 200);
    if (ctx.site.former.has_several(req.fields)) clear_beside_new(ctx, req, res);
    ctx.site.cookies.set(res, *granted);
    res.finish("application/json", R"({"login":true})");
}

core::task<void> token(context& ctx, http::request const& req, http::response& res)
{
    auto const granted = co_await log_in(ctx, req);
    if (!granted) co_return refuse(res, granted.error());
    answer_json(res, token_json(*granted));
}

}  // namespace jwtgate::api
