#include "api/page/cookie_reach.hpp"

#include "api/source/origin.hpp"
#include "http/request.hpp"

namespace jwtgate::api {
namespace {

std::string_view without_port(std::string_view authority) noexcept
{
    auto const end = authority.starts_with('[') ? authority.find(']') : 0;
    return authority.substr(0, authority.find(':', end));
}

// A cookie of a domain holds for whatever lies below it (RFC 6265 section 5.1.3).
bool lies_in(std::string_view host, std::string_view domain) noexcept
{
    if (host.size() < domain.size()) return false;
    auto const above = host.size() - domain.size();
    return http::same_name(host.substr(above), domain) && (above == 0 || host[above - 1] == '.');
}

// Browsers trust what does not leave the machine (Secure Contexts section 3.1).
bool is_of_this_machine(std::string_view host) noexcept
{
    return http::same_name(host, "localhost") || host.starts_with("127.") || host == "[::1]" ||
           lies_in(host, "localhost");
}

}  // namespace

std::string_view authority_of(asked_site const& asked, std::string_view url) noexcept
{
    if (url.starts_with('/')) return asked.host;
    auto const origin = without_path(url);
    return origin.substr(origin.find("//") + 2);
}

unreached reach_of(cookie_settings const& cookies, asked_site const& asked, std::string_view url) noexcept
{
    auto const host = without_port(authority_of(asked, url));
    bool const is_covered = cookies.domain.empty() ? http::same_name(host, without_port(asked.host))
                                                   : lies_in(host, cookies.domain);
    if (!is_covered) return unreached::domain;
    bool const is_plain = url.starts_with("http:") && !is_of_this_machine(host);
    return cookies.secure && is_plain ? unreached::scheme : unreached::no;
}

}  // namespace jwtgate::api
