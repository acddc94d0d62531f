#include "api/application.hpp"

#include "api/access_log.hpp"
#include "api/answer.hpp"
#include "api/errors.hpp"
#include "api/routes.hpp"
#include "api/source/cross_site.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

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

// That of another method where none has this one.
std::size_t route_number(route const* found, std::string_view path) noexcept
{
    if (found != nullptr) return static_cast<std::size_t>(found - routes.data());
    auto const* const row =
        std::ranges::find_if(routes, [&](auto const& each) { return has_path(each, path); });
    return row == routes.end() ? unknown_route : static_cast<std::size_t>(row - routes.begin());
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

/// A request on its way to its answer.
struct application::exchange {
    http::request const& request;
    http::response const& response;
    std::size_t route;
};

application::application(worker_domain domain, site const& shared, request_counters& counted)
    : domain_{std::move(domain)},
      context_{domain_.tokens, domain_.service, domain_.account, shared},
      counted_{counted}
{}

core::task<void> application::handle(http::request const& req, http::response& res)
{
    auto const* const found = find_route(req);
    exchange const what{req, res, route_number(found, req.path)};
    auto work = answer(found, req, res);
    if (work.valid()) return finish(std::move(work), what);
    note(what);
    return {};
}

core::task<void> application::finish(core::task<void> work, exchange what)
{
    co_await std::move(work);
    note(what);
}

void application::note(exchange const& what)
{
    auto const took = context_.site.clock.steady() - what.request.arrived;
    auto const status = what.response.status();
    counted_.add(what.route, status, took);
    auto const& log = context_.site.log;
    if (!log.is_on(core::log_level::debug)) return;
    auto const address = context_.site.proxies.client_of(what.request);
    log_access(log, {what.request, address, label_of(what.route), status, took});
}

core::task<void> application::answer(route const* found, http::request const& req, http::response& res)
{
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

void application::refuse(http::refusal why, std::string_view peer_address, http::response& res) noexcept
{
    refuse_request(res, why);
    counted_.add_refused(res.status());
    if (context_.site.log.is_on(core::log_level::debug))
        log_refused(context_.site.log, peer_address, label_of(refused_route), res.status());
}

}  // namespace jwtgate::api
