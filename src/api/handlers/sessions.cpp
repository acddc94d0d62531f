#include "api/answer.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "api/handlers/handlers.hpp"

#include <string>
#include <vector>

namespace jwtgate::api {
namespace {

struct refreshable {
    jwt::verified token;
    token_location location;
};

core::result<refreshable> find_refreshable(context& ctx, http::request const& req)
{
    auto const presented = ctx.site.credentials.refresh_token(req);
    if (!presented) return presented.error();
    auto verified = ctx.service.check_refresh_token(presented->text);
    if (!verified) return verified.error();
    auto const csrf = ctx.site.credentials.check_csrf(req, presented->location, verified->claims());
    if (!csrf) return csrf.error();
    return refreshable{std::move(*verified), presented->location};
}

void refuse_refresh(context& ctx, http::request const& req, http::response& res, core::error_code why)
{
    if (why != errc::token_missing) return refuse(res, why);
    refuse(res, why, ctx.site.credentials.missing_refresh_token(req));
}

// The tokens whose sessions end, and what became of the CSRF check: the value of either live cookie will do.
struct ending {
    std::vector<jwt::verified> tokens;
    bool has_live_cookie = false;
    core::result<void> csrf;
};

bool is_live(context& ctx, std::string_view token)
{
    return ctx.service.authenticate(token) || ctx.service.check_refresh_token(token);
}

ending find_ending(context& ctx, http::request const& req)
{
    ending what;
    for (auto const& presented : ctx.site.credentials.all_tokens(req)) {
        auto token = ctx.service.recognise(presented.text);
        if (!token) continue;
        if (presented.location == token_location::cookies && is_live(ctx, presented.text)) {
            auto const checked = ctx.site.credentials.check_csrf(req, presented.location, token->claims());
            if (!what.has_live_cookie || checked) what.csrf = checked;
            what.has_live_cookie = true;
        }
        what.tokens.push_back(std::move(*token));
    }
    return what;
}

}  // namespace

core::task<void> refresh(context& ctx, http::request const& req, http::response& res)
{
    auto found = find_refreshable(ctx, req);
    if (!found) co_return refuse_refresh(ctx, req, res, found.error());
    auto const granted = co_await ctx.service.refresh(std::move(found->token), client_of(ctx, req));
    if (!granted) co_return refuse(res, granted.error());
    if (found->location == token_location::headers) co_return answer_json(res, token_json(*granted));
    begin_answer(res, 200);
    ctx.site.cookies.set(res, *granted);
    res.finish("application/json", R"({"refresh":true})");
}

core::task<void> logout(context& ctx, http::request const& req, http::response& res)
{
    auto what = find_ending(ctx, req);
    if (!what.csrf) co_return refuse(res, what.csrf.error());
    auto const ended = co_await ctx.service.logout(std::move(what.tokens), client_of(ctx, req));
    if (ended) {
        begin_answer(res, 200);
    } else {
        begin_refusal(res, ended.error());
    }
    ctx.site.cookies.clear(res);
    if (!ended) co_return finish_refusal(res, ended.error());
    res.finish("application/json", R"({"msg":"Logout Successful"})");
}

}  // namespace jwtgate::api
