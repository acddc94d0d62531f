#include "api/page/page_answer.hpp"

#include "api/answer.hpp"
#include "api/errors.hpp"
#include "api/handlers/access.hpp"
#include "api/page/cookie_reach.hpp"
#include "api/page/form_csrf.hpp"
#include "api/source/origin.hpp"
#include "web/page.hpp"

#include <optional>
#include <string>

namespace jwtgate::api {
namespace {

struct visit {
    web::visitor who = web::visitor::unknown;
    std::string user_name = {};
    std::string csrf = {};
};

core::result<jwt::verified> find_refresh_token(context& ctx, http::request const& req)
{
    auto const presented = ctx.site.credentials.refresh_token(req);
    if (!presented) return presented.error();
    return ctx.tokens.authenticate(presented->text, {.type = auth::token_type::refresh});
}

visit visit_of(context& ctx, http::request const& req)
{
    if (auto const who = authenticate(ctx, req)) {
        auto const& claims = who->claims();
        return {web::visitor::known, std::string(claims.subject), std::string(claims.csrf)};
    }
    if (auto const token = find_refresh_token(ctx, req))
        return {web::visitor::resumable, {}, std::string(token->claims().csrf)};
    return {};
}

std::string_view fault_of(unreached why) noexcept
{
    switch (why) {
        case unreached::scheme:
            return "scheme";
        case unreached::domain:
            return "domain";
        case unreached::no:
            break;
    }
    return "";
}

void log_refused_target(core::log const& log, std::string_view rd, std::string_view host)
{
    log.info("redirect refused", {{"to", without_path(rd)}, {"host", host}});
}

web::destination destination_of(context const& ctx, asked_site const& asked, std::string_view url)
{
    auto const reach = reach_of(ctx.site.cookies.settings(), asked, url);
    return {.url = url, .host = authority_of(asked, url), .fault = fault_of(reach)};
}

web::server_facts facts_of(context const& ctx, std::string_view host)
{
    auto const& cookies = ctx.site.cookies;
    auto const& texts = ctx.site.texts;
    return {
        .csrf_access_cookie = cookies.csrf_access(),
        .csrf_refresh_cookie = cookies.csrf_refresh(),
        .cookie_domain = cookies.settings().domain,
        .cookie_secure = cookies.settings().secure,
        .password_min_length = ctx.account.password_min_length(),
        .site_name = texts.site_name.empty() ? host : texts.site_name,
        .contact = texts.contact,
    };
}

}  // namespace

void add_page_fields(http::response& res, std::string_view leads_to)
{
    res.add("Content-Security-Policy", web::content_security_policy(leads_to));
    res.add("Referrer-Policy", "same-origin");
}

void finish_page(context& ctx, http::request const& req, http::response& res, page_answer const& what)
{
    auto const asked = site_asked(ctx, req);
    auto const target = ctx.site.targets.find(what.rd, asked);
    if (!target && !what.rd.empty()) log_refused_target(ctx.site.log, what.rd, asked.host);
    auto const visit = visit_of(ctx, req);
    auto const csrf = begin_form(ctx, req, res);
    web::page_view view{.host = asked.host, .form_csrf = csrf, .alarm = what.alarm, .who = visit.who};
    view.user_name = visit.user_name;
    view.session_csrf = visit.csrf;
    if (target)
        view.leads_to = destination_of(ctx, asked, *target);
    else if (!what.rd.empty())
        view.leads_to.fault = "refused";
    add_page_fields(res, target && !target->starts_with('/') ? without_path(*target) : "");
    res.finish("text/html; charset=utf-8", web::index(facts_of(ctx, asked.host), view));
}

void refuse_by_page(context& ctx, http::request const& req, http::response& res, core::error_code why)
{
    begin_refusal(res, why);
    finish_page(ctx, req, res, {.alarm = describe(why).message});
}

void lead_back(context const& ctx, http::request const& req, http::response& res, std::string_view rd)
{
    auto const target = ctx.site.targets.find(rd, site_asked(ctx, req));
    res.add("Location", target.value_or("./"));
    res.finish_empty();
}

}  // namespace jwtgate::api
