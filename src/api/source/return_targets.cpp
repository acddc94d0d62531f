#include "api/source/return_targets.hpp"

#include "api/source/origin.hpp"

#include <algorithm>
#include <utility>

namespace jwtgate::api {
namespace {

bool is_control(char c) noexcept
{
    return (c >= 0 && c < ' ') || c == 0x7f;
}

bool is_uri_octet(char c) noexcept
{
    return c > ' ' && c < 0x7f && std::string_view{"\"<>\\^`{|}"}.find(c) == std::string_view::npos;
}

std::string encoded(std::string_view path)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (char const c : path) {
        auto const octet = static_cast<unsigned char>(c);
        if (is_uri_octet(c))
            text += c;
        else
            text.append({'%', digits[octet / 16U], digits[octet % 16U]});
    }
    return text;
}

// Browsers take `//` and `/\` for the start of a host.
bool is_path(std::string_view url) noexcept
{
    return url.starts_with('/') && (url.size() == 1 || (url[1] != '/' && url[1] != '\\'));
}

}  // namespace

return_targets::return_targets(std::vector<std::string> origins) : origins_{std::move(origins)} {}

std::optional<std::string> return_targets::find(std::string_view url, asked_site const& asked) const
{
    if (std::ranges::any_of(url, is_control)) return std::nullopt;
    if (is_path(url)) return encoded(url);
    auto const site = without_path(url);
    auto const origin = canonical_origin(site);
    if (!origin || !is_known(*origin, asked)) return std::nullopt;
    auto const path = url.substr(site.size());
    return *origin + (path.starts_with('/') ? "" : "/") + encoded(path);
}

bool return_targets::is_known(std::string_view origin, asked_site const& asked) const noexcept
{
    if (std::ranges::find(origins_, origin) != origins_.end()) return true;
    bool const is_downgrade = asked.scheme == "https" && !origin.starts_with("https:");
    return !is_downgrade && is_origin_of(origin, asked.host);
}

}  // namespace jwtgate::api
