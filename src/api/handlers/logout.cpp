#include "api/answer.hpp"
#include "api/body/form_body.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/several_cookies.hpp"
#include "api/page/page_answer.hpp"

#include <optional>
#include <utility>
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

using sent_form = std::optional<core::result<form_body>>;

core::result<void> check_csrf(
    context& ctx, http::request const& req, sent_form const& form, jwt::claims const& claims
)
{
    auto const& credentials = ctx.site.credentials;
    if (!form) return credentials.check_csrf(req, token_location::cookies, claims);
    return credentials.check_csrf((*form)->value("csrf"), token_location::cookies, claims);
}

ending find_ending(context& ctx, http::request const& req, sent_form const& form)
{
    ending what;
    for (auto const& presented : ctx.site.credentials.all_tokens(req)) {
        auto token = ctx.tokens.recognise(presented.text);
        if (!token) continue;
        if (presented.location == token_location::cookies && is_live(ctx, presented.text)) {
            auto const checked = check_csrf(ctx, req, form, token->claims());
            if (!what.has_live_cookie || checked) what.csrf = checked;
            what.has_live_cookie = true;
        }
        what.tokens.push_back(std::move(*token));
    }
    return what;
}

// A form of the page, or a script or link.
void refuse_logout(context& ctx, http::request const& req, http::response& res, core::error_code why)
{
    return has_form(req) ? refuse_by_page(ctx, req, res, why) : refuse(res, why);
}

void answer_logout(context& ctx, http::request const& req, http::response& res)
{
    begin_answer(res, has_form(req) ? 303 : 200);
    clear_every_form(ctx, req, res, {token_kind::access, token_kind::refresh});
    if (has_form(req)) return lead_back(ctx, req, res, "");
    res.finish("application/json", R"({"msg":"Logout Successful"})");
}

}  // namespace

core::task<void> logout(context& ctx, http::request const& req, http::response& res)
{
    auto const form = form_of(req);
    if (form && !*form) co_return refuse(res, form->error());
    auto what = find_ending(ctx, req, form);
    if (!what.csrf) co_return refuse_logout(ctx, req, res, what.csrf.error());
    auto const ended = co_await ctx.service.logout(std::move(what.tokens), client_of(ctx, req));
    if (ended) co_return answer_logout(ctx, req, res);
    begin_refusal(res, ended.error());
    clear_every_form(ctx, req, res, {token_kind::access, token_kind::refresh});
    finish_refusal(res, ended.error());
}

}  // namespace jwtgate::api
