#include "api/answer.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/several_cookies.hpp"

#include <vector>

namespace jwtgate::api {
namespace {

// The tokens whose sessions end, and what became of the CSRF check: the value of either live cookie will do.
struct ending {
    std::vector<jwt::verified> tokens;
    bool has_live_cookie = false;
    core::result<void> csrf;
};

bool is_live(context& ctx, std::string_view token)
{
    return ctx.tokens.authenticate(token, {.type = auth::token_type::access}) ||
           ctx.tokens.authenticate(token, {.type = auth::token_type::refresh});
}

ending find_ending(context& ctx, http::request const& req)
{
    ending what;
    for (auto const& presented : ctx.site.credentials.all_tokens(req)) {
        auto token = ctx.tokens.recognise(presented.text);
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
    clear_every_form(ctx, req, res, {token_kind::access, token_kind::refresh});
    if (!ended) co_return finish_refusal(res, ended.error());
    res.finish("application/json", R"({"msg":"Logout Successful"})");
}

}  // namespace jwtgate::api
