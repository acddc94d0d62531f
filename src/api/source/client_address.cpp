#include "api/source/client_address.hpp"

#include "api/source/port.hpp"
#include "http/target.hpp"

#include <boost/asio/ip/address_v6.hpp>

#include <algorithm>
#include <optional>

namespace jwtgate::api {
namespace {

namespace ip = boost::asio::ip;

std::string_view trimmed(std::string_view text) noexcept
{
    auto const first = std::min(text.find_first_not_of(" \t"), text.size());
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::string_view take_last(std::string_view& list) noexcept
{
    auto const comma = list.rfind(',');
    auto const last = comma == std::string_view::npos ? list : list.substr(comma + 1);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
    return trimmed(last);
}

std::string_view unquoted(std::string_view text) noexcept
{
    bool const quoted = text.size() >= 2 && text.starts_with('"') && text.ends_with('"');
    return quoted ? text.substr(1, text.size() - 2) : text;
}

// `[address]` or `[address]:port`.
std::optional<core::ip_address> parse_bracketed(std::string_view text) noexcept
{
    auto const end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    auto const inside = text.substr(1, end - 1);
    auto const behind = text.substr(end + 1);
    bool const has_port = behind.starts_with(':') && is_port(behind.substr(1));
    if (inside.find(':') == std::string_view::npos || !(behind.empty() || has_port)) return std::nullopt;
    return core::ip_address::parse(inside);
}

// More than one colon is an IPv6 address, which takes a port in brackets only.
std::optional<core::ip_address> parse_hop(std::string_view hop) noexcept
{
    auto const text = unquoted(hop);
    if (text.starts_with('[')) return parse_bracketed(text);
    auto const colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
        return core::ip_address::parse(text);
    if (!is_port(text.substr(colon + 1))) return std::nullopt;
    return core::ip_address::parse(text.substr(0, colon));
}

}  // namespace

trusted_proxies::trusted_proxies(std::vector<ip::network_v6> networks) : networks_{std::move(networks)} {}

std::string trusted_proxies::client_of(http::request const& req) const
{
    auto client = core::ip_address::parse(req.peer_address);
    bool trusted = trusts_peer(req);
    for (auto left = req.fields.size(); left > 0; --left) {
        auto const& field = req.fields[left - 1];
        if (!http::same_name(field.name, "X-Forwarded-For")) continue;
        for (auto hops = field.value; trusted && !hops.empty();) {
            auto const hop = parse_hop(take_last(hops));
            if (hop) client = hop;
            trusted = hop && trusts(*hop);
        }
    }
    return client ? client->text() : std::string{};
}

std::string_view trusted_proxies::host_of(http::request const& req) const noexcept
{
    auto const forwarded = req.find("X-Forwarded-Host");
    if (forwarded.data() == nullptr || !trusts_peer(req)) return req.find("Host");
    bool const believed = req.count("X-Forwarded-Host") == 1 && http::is_host(forwarded);
    return believed ? forwarded : std::string_view{};
}

std::string_view trusted_proxies::scheme_of(http::request const& req) const noexcept
{
    constexpr std::string_view name = "X-Forwarded-Proto";
    if (!trusts_peer(req) || req.count(name) != 1) return {};
    for (std::string_view const scheme : {"https", "http"}) {
        if (http::same_name(req.find(name), scheme)) return scheme;
    }
    return {};
}

bool trusted_proxies::trusts_peer(http::request const& req) const noexcept
{
    if (req.peer_address.empty()) return true;
    auto const peer = core::ip_address::parse(req.peer_address);
    return peer && trusts(*peer);
}

bool trusted_proxies::trusts(core::ip_address const& address) const noexcept
{
    ip::address_v6 const whole{address.bytes()};
    return std::ranges::any_of(networks_, [&](ip::network_v6 const& network) {
        return network == ip::network_v6(whole, network.prefix_length()).canonical();
    });
}

}  // namespace jwtgate::api
