#include "api/source/original_url.hpp"

#include <string_view>

namespace jwtgate::api {
namespace {

std::string_view only(http::request const& req, std::string_view name) noexcept
{
    return req.count(name) == 1 ? req.find(name) : std::string_view{};
}

}  // namespace

std::string original_url(http::request const& req)
{
    auto const whole = req.find("X-Original-URL");
    if (whole.data() != nullptr) return std::string(only(req, "X-Original-URL"));
    auto const scheme = only(req, "X-Forwarded-Proto");
    auto const host = only(req, "X-Forwarded-Host");
    auto const path = only(req, "X-Forwarded-Uri");
    if (scheme.empty() || host.empty() || path.empty()) return {};
    return std::string(scheme).append("://").append(host).append(path);
}

}  // namespace jwtgate::api
