#include "api/application.hpp"

#include "api/answer.hpp"
#include "api/errors.hpp"
#include "api/routes.hpp"
#include "api/source/cross_site.hpp"

#include <algorithm>
#include <string>

namespace jwtgate::api {
namespace {

// Envoy appends the path of the original request to that of the gate.
bool has_path(route const& row, std::string_view path) noexcept
{
    if (!id_in(row, path).empty()) return true;
    if (row.run != gate || !path.starts_with(row.path)) return row.path == path;
    return path.size() == row.path.size() || path[row.path.size()] == '/';
}

// Logging out is the one thing that a GET changes; link checkers send HEAD.
bool answers_head(route const& row) noexcept
{
    return row.method == "GET" && row.run != logout;
}

bool answers(route const& row, std::string_view method) noexcept
{
    return row.method.empty() || row.method == method || (method == "HEAD" && answers_head(row));
}

route const* find_route(http::request const& req) noexcept
{
    auto const* const found = std::ranges::find_if(routes, [&](route const& row) {
        return has_path(row, req.path) && answers(row, req.method);
    });
    return found == routes.end() ? nullptr : found;
}

bool is_forged(context const& ctx, route const& row, http::request const& req, std::string_view host) noexcept
{
    if (is_unsafe(req.method)) return is_cross_site(req, host) && !ctx.site.origins.allow(req);
    return row.run == logout && !is_asked_for(req, host);
}

// Empty for a path that is none of ours.
std::string methods_of(std::string_view path)
{
    std::string methods;
    for (auto const& row : routes) {
        if (!has_path(row, path)) continue;
        methods.append(methods.empty() ? "" : ", ").append(row.method);
        if (answers_head(row)) methods += ", HEAD";
    }
    return methods;
}

void answer_preflight(http::response& res, std::string_view methods)
{
    begin_answer(res, 204);
    res.add("Access-Control-Allow-Methods", methods);
    res.add("Access-Control-Allow-Headers", "content-type, x-csrf-token, authorization");
    res.add("Access-Control-Max-Age", "600");
    res.finish_empty();
}

void refuse_route(context const& ctx, http::request const& req, http::response& res)
{
    auto const methods = methods_of(req.path);
    if (methods.empty()) return refuse(res, errc::not_found);
    if (is_preflight(req) && ctx.site.origins.allow(req)) return answer_preflight(res, methods);
    begin_refusal(res, errc::method_not_allowed);
    res.add("Allow", methods);
    finish_refusal(res, errc::method_not_allowed);
}

}  // namespace

application::application(
    auth::authenticator tokens, auth::service service, auth::account account, site const& shared
)
    : tokens_{std::move(tokens)},
      service_{std::move(service)},
      account_{std::move(account)},
      context_{tokens_, service_, account_, shared}
{}

core::task<void> application::handle(http::request const& req, http::response& res)
{
    auto const* const found = find_route(req);
    // It asks about another request than this one.
    if (found != nullptr && found->run == gate) return gate(context_, req, res);
    res.carry(context_.site.origins.fields_for(req));
    if (found == nullptr) return refuse_route(context_, req, res), core::task<void>{};
    auto const host = context_.site.proxies.host_of(req);
    if (is_forged(context_, *found, req, host)) {
        log_cross_site(context_.site.log, req, host);
        return api::refuse(res, errc::cross_site), core::task<void>{};
    }
    return found->run(context_, req, res);
}

bool application::wants_body(http::request const& head) const noexcept
{
    auto const* const found = find_route(head);
    return found == nullptr || found->body == body_use::read;
}

void application::refuse(http::refusal why, http::response& res) noexcept
{
    refuse_request(res, why);
}

}  // namespace jwtgate::api
