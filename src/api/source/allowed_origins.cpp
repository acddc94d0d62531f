#include "api/source/allowed_origins.hpp"

#include <algorithm>

namespace jwtgate::api {

allowed_origins::allowed_origins(std::span<std::string const> origins)
{
    for (auto const& origin : origins) {
        allowed_.push_back(
            {.origin = origin,
             .fields = "Access-Control-Allow-Origin: " + origin +
                       "\r\nAccess-Control-Allow-Credentials: true\r\nVary: Origin\r\n"}
        );
    }
}

// Browsers write an origin in one way only, so it is compared byte for byte.
std::string_view allowed_origins::fields_for(http::request const& req) const noexcept
{
    if (allowed_.empty() || req.count("Origin") != 1) return {};
    auto const found = std::ranges::find(allowed_, req.find("Origin"), &allowed::origin);
    return found == allowed_.end() ? std::string_view{} : std::string_view{found->fields};
}

bool is_preflight(http::request const& req) noexcept
{
    return req.method == "OPTIONS" && req.find("Access-Control-Request-Method").data() != nullptr;
}

}  // namespace jwtgate::api
