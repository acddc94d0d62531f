#include "web/page.hpp"

#include "api/answer.hpp"
#include "api/errors.hpp"
#include "api/handlers/handlers.hpp"

#include <algorithm>

namespace jwtgate::api {

core::task<void> page(context& ctx, http::request const& req, http::response& res)
{
    auto const assets = web::assets();
    auto const found = std::ranges::find(assets, req.path, &web::asset::path);
    if (found == assets.end()) return refuse(res, errc::not_found), core::task<void>{};
    begin_answer(res, 200);
    res.add("Content-Security-Policy", web::content_security_policy());
    res.add("Referrer-Policy", "same-origin");
    if (req.path != "/") return res.finish(found->content_type, found->body), core::task<void>{};
    auto const& cookies = ctx.site.cookies;
    auto const html =
        web::index({cookies.csrf_access(), cookies.csrf_refresh(), ctx.account.password_min_length()});
    res.finish(found->content_type, html);
    return {};
}

core::task<void> health(context& /*ctx*/, http::request const& /*req*/, http::response& res)
{
    answer_json(res, R"({"status":"ok"})");
    return {};
}

}  // namespace jwtgate::api
