#include "api/source/origin.hpp"

#include "api/source/port.hpp"
#include "http/request.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <array>

namespace jwtgate::api {
namespace {

struct scheme {
    std::string_view start;
    std::string_view implied_port;
};

constexpr auto schemes = std::to_array<scheme>({{"http://", ":80"}, {"https://", ":443"}});

/// Null when it begins with none.
scheme const* scheme_of(std::string_view origin) noexcept
{
    auto const* const found = std::ranges::find_if(schemes, [origin](scheme const& each) {
        return http::same_name(origin.substr(0, each.start.size()), each.start);
    });
    return found == schemes.end() ? nullptr : found;
}

bool is_authority(std::string_view text) noexcept
{
    if (!http::is_host(text)) return false;
    auto const end = text.starts_with('[') ? text.find(']') : 0;
    auto const colon = text.find(':', end);
    return colon == std::string_view::npos || is_port(text.substr(colon + 1));
}

std::string_view without_port(std::string_view authority, std::string_view implied) noexcept
{
    if (authority.ends_with(implied)) authority.remove_suffix(implied.size());
    return authority;
}

}  // namespace

bool is_origin_of(std::string_view origin, std::string_view host) noexcept
{
    auto const* const used = scheme_of(origin);
    if (used == nullptr) return false;
    auto const authority = origin.substr(used->start.size());
    auto const implied = used->implied_port;
    return is_authority(authority) &&
           http::same_name(without_port(authority, implied), without_port(host, implied));
}

std::optional<std::string> canonical_origin(std::string_view text)
{
    auto const* const used = scheme_of(text);
    if (used == nullptr) return std::nullopt;
    auto const authority = text.substr(used->start.size());
    if (!is_authority(authority)) return std::nullopt;
    auto canonical = std::string(used->start).append(without_port(authority, used->implied_port));
    std::ranges::transform(canonical, canonical.begin(), http::to_lower);
    return canonical;
}

bool refers_to(std::string_view referer, std::string_view host) noexcept
{
    return is_origin_of(without_path(referer), host);
}

std::string_view without_path(std::string_view url) noexcept
{
    constexpr std::string_view mark = "://";
    auto const scheme_end = url.find(mark);
    auto const start = scheme_end == std::string_view::npos ? 0 : scheme_end + mark.size();
    return url.substr(0, url.find_first_of("/?#", start));
}

}  // namespace jwtgate::api
