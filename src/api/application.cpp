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

bool is_forged(route const& row, http::request const& req, std::string_view host) noexcept
{
    if (is_unsafe(req.method)) return is_cross_site(req, host);
    return row.run == logout && !is_asked_for(req, host);
}

void refuse_route(http::request const& req, http::response& res)
{
    std::string allowed;
    for (auto const& row : routes) {
        if (!has_path(row, req.path)) continue;
        allowed.append(allowed.empty() ? "" : ", ").append(row.method);
        if (answers_head(row)) allowed += ", HEAD";
    }
    if (allowed.empty()) return refuse(res, errc::not_found);
    begin_refusal(res, errc::method_not_allowed);
    res.add("Allow", allowed);
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
    if (found == nullptr) return refuse_route(req, res), core::task<void>{};
    if (found->run == gate) return gate(context_, req, res);  // asks about another request than this one
    auto const host = context_.site.proxies.host_of(req);
    if (is_forged(*found, req, host)) {
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
