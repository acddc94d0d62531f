#include "api/client_address.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <ranges>

namespace jwtgate::api {
namespace {

namespace ip = boost::asio::ip;
using boost::system::error_code;

ip::address_v6 as_v6(ip::address const& address)
{
    return address.is_v6() ? address.to_v6() : ip::make_address_v6(ip::v4_mapped, address.to_v4());
}

std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? ""
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

trusted_proxies::trusted_proxies(std::vector<ip::network_v6> networks) : networks_{std::move(networks)} {}

std::string trusted_proxies::client_of(http::request const& req) const
{
    std::string_view client = req.peer_address;
    for (auto const& field : std::views::reverse(req.fields)) {
        if (!http::same_name(field.name, "X-Forwarded-For")) continue;
        auto hops = field.value;
        while (!hops.empty() && trusts(client)) {
            auto const comma = hops.rfind(',');
            auto const hop = trimmed(comma == std::string_view::npos ? hops : hops.substr(comma + 1));
            error_code failed;
            ip::make_address(hop, failed);
            if (failed) return std::string(client);
            client = hop;
            hops = comma == std::string_view::npos ? "" : hops.substr(0, comma);
        }
    }
    return std::string(client);
}

bool trusted_proxies::trusts(std::string_view address) const
{
    if (address.empty()) return true;
    error_code failed;
    auto const parsed = ip::make_address(address, failed);
    if (failed) return false;
    auto const v6 = as_v6(parsed);
    return std::ranges::any_of(networks_, [&](ip::network_v6 const& network) {
        return network.canonical() == ip::network_v6(v6, network.prefix_length()).canonical();
    });
}

}  // namespace jwtgate::api
