#include "api/answer.hpp"
#include "api/cross_site.hpp"
#include "api/errors.hpp"
#include "api/handlers/access.hpp"
#include "api/handlers/handlers.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <string>

namespace jwtgate::api {
namespace {

// Whatever a token of one's own making holds, it cannot add a name or a field.
std::string groups_of(jwt::claims const& claims)
{
    std::string groups;
    if (!claims.roles) return groups;
    for (auto const role : *claims.roles) {
        if (!groups.empty()) groups += ',';
        groups += http::percent_encode(role);
    }
    return groups;
}

std::string_view original_method(http::request const& req)
{
    auto const original = req.find("X-Original-Method");
    return original.data() != nullptr ? original : req.find("X-Forwarded-Method");
}

bool is_forged(http::request const& req)
{
    auto const method = original_method(req);
    return method.data() != nullptr && is_unsafe(method) && is_cross_site(req);
}

// `?role=a&role=b`: any of them will do. Without one, whoever is logged in may pass.
bool may_pass(std::string_view query, jwt::claims const& claims)
{
    bool is_needed = false;
    while (auto const given = http::next_parameter(query)) {
        if (given->name != "role") continue;
        is_needed = true;
        auto const role = http::percent_decode(given->value);
        if (role && claims.roles && std::ranges::find(*claims.roles, *role) != claims.roles->end())
            return true;
    }
    return !is_needed;
}

// nginx closes the upstream connection behind an auth answer with a body, hence none.
void refuse_empty(http::response& res, core::error_code why)
{
    begin_refusal(res, why);
    res.finish_empty();
}

void let_in(context& ctx, authenticated const& who, http::response& res)
{
    auto const& claims = who.claims();
    begin_answer(res, 200);
    res.add("Remote-User", http::percent_encode(claims.subject));
    res.add("Remote-Groups", groups_of(claims));
    res.add("X-Auth-Session", http::percent_encode(claims.session));
    res.add("X-Auth-Expires", std::to_string(claims.expires_at.value_or(0)));
    if (auto const renewed = renew(ctx, who)) ctx.site.cookies.set_for_proxy(res, *renewed);
    res.finish_empty();
}

}  // namespace

core::task<void> gate(context& ctx, http::request const& req, http::response& res)
{
    if (is_forged(req)) return refuse_empty(res, errc::cross_site), core::task<void>{};
    auto const who = authenticate(ctx, req);
    if (!who) return refuse_empty(res, who.error()), core::task<void>{};
    if (!may_pass(req.query, who->claims())) return refuse_empty(res, errc::role_missing), core::task<void>{};
    let_in(ctx, *who, res);
    return {};
}

}  // namespace jwtgate::api
