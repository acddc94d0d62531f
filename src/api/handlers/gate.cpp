#include "api/answer.hpp"
#include "api/errors.hpp"
#include "api/handlers/access.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/several_cookies.hpp"
#include "api/refusal_log.hpp"
#include "api/rules/judge.hpp"
#include "api/source/cross_site.hpp"
#include "api/source/original_url.hpp"
#include "http/target.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jwtgate::api {
namespace {

// Whatever a token of one's own making holds, it cannot add a name or a field.
void append_groups(http::out_buffer& out, jwt::claims const& claims)
{
    if (!claims.roles) return;
    std::string_view separator;
    for (auto const role : *claims.roles) {
        out += std::exchange(separator, ",");
        http::percent_encode(role, out);
    }
}

bool is_role(std::string_view name)
{
    return name == "role" || http::percent_decode(name) == "role";
}

// A typing error in the proxy's configuration must not open the door. Behind /auth/ stand path and query of
// the original request, as Envoy asks.
std::optional<std::string_view> unknown_parameter(http::request const& req)
{
    if (req.path != "/auth" && req.path != "/auth/") return std::nullopt;
    auto query = req.query;
    while (auto const given = http::next_parameter(query)) {
        if (!is_role(given->name)) return given->name;
    }
    return std::nullopt;
}

// `?role=a&role=b`: any of them will do. What cannot be decoded is taken as it stands.
std::vector<std::string> needed_roles(std::string_view query)
{
    std::vector<std::string> roles;
    while (auto const given = http::next_parameter(query)) {
        if (!is_role(given->name)) continue;
        roles.push_back(http::percent_decode(given->value).value_or(std::string(given->value)));
    }
    return roles;
}

bool is_forged(context const& ctx, http::request const& req)
{
    if (!asks_for_unsafe(req) || ctx.site.origins.allow(req)) return false;
    auto const host = ctx.site.proxies.host_of(req);
    if (!is_cross_site(req, host)) return false;
    log_cross_site(ctx.site.log, req, host);
    return true;
}

// What nobody gets an answer to, whoever asks.
core::result<void> check_question(context& ctx, http::request const& req)
{
    if (is_forged(ctx, req)) return errc::cross_site;
    auto const unknown = unknown_parameter(req);
    if (!unknown) return {};
    ctx.parameter_warned.warn(ctx.site.log, *unknown);
    return errc::unknown_parameter;
}

// nginx closes the upstream connection behind an auth answer with a body, hence none.
void refuse_empty(http::response& res, core::error_code why)
{
    begin_refusal(res, why);
    res.finish_empty();
}

// More would not fit into the 4 KiB that proxies give to a head.
constexpr std::size_t longest_redirect = 2048;

// Where a person goes to log in, and comes back from.
std::string login_url(context const& ctx, http::request const& req)
{
    auto const target = ctx.site.targets.find(original_url(req), site_asked(ctx, req));
    auto const back = target ? "/?rd=" + http::percent_encode(*target) : std::string("/");
    return back.size() <= longest_redirect ? back : "/";
}

void refuse_access_empty(context& ctx, http::request const& req, http::response& res, core::error_code why)
{
    begin_refusal(res, why);
    if (describe(why).status == 401) res.add("X-Auth-Redirect", login_url(ctx, req));
    if (is_several(why)) clear_every_form(ctx, req, res, {token_kind::access});
    res.finish_empty();
}

void let_in(context& ctx, authenticated const& who, http::response& res)
{
    auto const& claims = who.claims();
    begin_answer(res, 200);
    res.add("Remote-User", [&claims](auto& out) { http::percent_encode(claims.subject, out); });
    res.add("Remote-Groups", [&claims](auto& out) { append_groups(out, claims); });
    res.add("X-Auth-Session", [&claims](auto& out) { http::percent_encode(claims.session, out); });
    res.add("X-Auth-Expires", std::to_string(claims.expires_at.value_or(0)));
    if (auto const renewed = renew(ctx, who)) ctx.site.cookies.set_for_proxy(res, *renewed);
    res.finish_empty();
}

void let_anybody_in(http::response& res)
{
    begin_answer(res, 200);
    res.finish_empty();
}

// Roles that the proxy asks for stay needed where a rule asks for nothing.
void answer_ruled(context& ctx, http::request const& req, http::response& res, ruling const& ruled)
{
    auto const roles = needed_roles(req.query);
    if (ruled.lets_in == audience::preflights && roles.empty()) return let_anybody_in(res);
    auto const who = authenticate(ctx, req, {.any_role = roles, .and_any_role = ruled.roles});
    if (who) return let_in(ctx, *who, res);
    if (ruled.lets_in == audience::everybody && roles.empty()) return let_anybody_in(res);
    refuse_access_empty(ctx, req, res, who.error());
}

}  // namespace

core::task<void> gate(context& ctx, http::request const& req, http::response& res)
{
    auto const good = check_question(ctx, req);
    if (!good) return refuse_empty(res, good.error()), core::task<void>{};
    auto const ruled = judge(ctx, req);
    if (!ruled) return refuse_empty(res, ruled.error()), core::task<void>{};
    answer_ruled(ctx, req, res, *ruled);
    return {};
}

}  // namespace jwtgate::api
