#include "api/application.hpp"

#include "api/answer.hpp"
#include "api/cross_site.hpp"
#include "api/errors.hpp"
#include "api/routes.hpp"

#include <algorithm>
#include <string>

namespace jwtgate::api {
namespace {

bool answers(route const& row, std::string_view method) noexcept
{
    return row.method.empty() || row.method == method || (row.method == "GET" && method == "HEAD");
}

// Logging out is the one thing that a GET changes, so another site must not cause it; a link may. The gate
// looks at the method of the original request itself.
bool is_forged(route const& row, http::request const& req) noexcept
{
    if (row.run == gate) return false;
    if (is_unsafe(req.method)) return is_cross_site(req);
    return row.run == logout && req.find("Sec-Fetch-Site") == "cross-site";
}

void refuse_route(http::request const& req, http::response& res)
{
    std::string allowed;
    for (auto const& row : routes) {
        if (row.path != req.path) continue;
        allowed.append(allowed.empty() ? "" : ", ").append(row.method);
        if (row.method == "GET") allowed += ", HEAD";
    }
    if (allowed.empty()) return refuse(res, errc::not_found);
    begin_refusal(res, errc::method_not_allowed);
    res.add("Allow", allowed);
    finish_refusal(res, errc::method_not_allowed);
}

}  // namespace

application::application(auth::service service, site const& shared)
    : service_{std::move(service)}, context_{service_, shared}
{}

core::task<void> application::handle(http::request const& req, http::response& res)
{
    auto const found = std::ranges::find_if(routes, [&](route const& row) {
        return row.path == req.path && answers(row, req.method);
    });
    if (found == routes.end()) return refuse_route(req, res), core::task<void>{};
    if (is_forged(*found, req)) return api::refuse(res, errc::cross_site), core::task<void>{};
    return found->run(context_, req, res);
}

void application::refuse(http::refusal why, http::response& res) noexcept
{
    refuse_request(res, why);
}

}  // namespace jwtgate::api
