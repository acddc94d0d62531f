#include "api/cross_site.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>

namespace jwtgate::api {
namespace {

struct default_port {
    std::string_view scheme;
    std::string_view suffix;
};

constexpr std::array default_ports{default_port{"http", ":80"}, default_port{"https", ":443"}};

std::string_view without_default_port(std::string_view authority, std::string_view scheme) noexcept
{
    for (auto const& port : default_ports) {
        if (http::same_name(scheme, port.scheme) && authority.ends_with(port.suffix)) {
            authority.remove_suffix(port.suffix.size());
        }
    }
    return authority;
}

bool names_host(std::string_view url, std::string_view host) noexcept
{
    auto const parsed = boost::urls::parse_uri(url);
    if (!parsed || !parsed->has_authority()) return false;
    std::string_view const scheme = parsed->scheme();
    std::string_view const authority = parsed->encoded_host_and_port();
    return http::same_name(without_default_port(authority, scheme), without_default_port(host, scheme));
}

}  // namespace

bool is_unsafe(std::string_view method) noexcept
{
    constexpr auto safe = std::to_array<std::string_view>({"GET", "HEAD", "OPTIONS", "TRACE"});
    return std::ranges::find(safe, method) == safe.end();
}

bool is_cross_site(http::request const& req) noexcept
{
    auto const site = req.find("Sec-Fetch-Site");
    if (site.data() != nullptr) return site != "same-origin" && site != "none";
    auto const origin = req.find("Origin");
    auto const source = origin.data() != nullptr ? origin : req.find("Referer");
    return source.data() != nullptr && !names_host(source, req.find("Host"));
}

}  // namespace jwtgate::api
