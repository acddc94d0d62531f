#include "config/address_values.hpp"

#include "api/source/origin.hpp"
#include "config/quantity.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace jwtgate::config {
namespace {

namespace ip = boost::asio::ip;

bool is_host(std::string_view text)
{
    boost::system::error_code wrong;
    if (text.starts_with('[') && text.ends_with(']')) {
        ip::make_address_v6(text.substr(1, text.size() - 2), wrong);
    } else {
        ip::make_address_v4(text, wrong);
    }
    return !wrong;
}

bool is_listen_address(std::string_view text)
{
    constexpr std::string_view unix_prefix = "unix:";
    if (text.starts_with(unix_prefix)) return text.size() > unix_prefix.size();
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos || !is_host(text.substr(0, colon))) return false;
    auto const port = parse_count(text.substr(colon + 1));
    return port && *port <= 65'535;
}

std::optional<ip::network_v6> parse_network(std::string_view text)
{
    constexpr unsigned short mapped_bits = 96;
    auto const slash = std::min(text.find('/'), text.size());
    boost::system::error_code wrong;
    auto const address = ip::make_address(text.substr(0, slash), wrong);
    if (wrong) return std::nullopt;
    std::uint64_t const longest = address.is_v4() ? 32 : 128;
    auto const length = slash == text.size() ? longest : parse_count(text.substr(slash + 1));
    if (!length || *length > longest) return std::nullopt;
    auto const bits = static_cast<unsigned short>(*length);
    if (address.is_v6()) return ip::network_v6{address.to_v6(), bits}.canonical();
    auto const mapped = ip::make_address_v6(ip::v4_mapped, address.to_v4());
    return ip::network_v6{mapped, static_cast<unsigned short>(mapped_bits + bits)}.canonical();
}

}  // namespace

std::vector<std::string> listen_addresses(setting const& from)
{
    auto addresses = list_of(from);
    for (auto const& text : addresses) {
        if (is_listen_address(text)) continue;
        throw complaint(from, in_quotes(text) + " is not 127.0.0.1:8080, [::1]:8080 or unix:PATH");
    }
    return addresses;
}

std::vector<std::string> listen_addresses_or_none(setting const& from)
{
    auto const texts = list_of(from);
    if (texts.size() == 1 && texts.front() == "none") return {};
    return listen_addresses(from);
}

std::vector<ip::network_v6> networks(setting const& from)
{
    auto const texts = list_of(from);
    std::vector<ip::network_v6> found;
    if (texts.size() == 1 && texts.front() == "none") return found;
    for (auto const& text : texts) {
        auto const network = parse_network(text);
        if (!network)
            throw complaint(
                from, in_quotes(text) + " is not an address, a network such as 10.0.0.0/8, or none"
            );
        found.push_back(*network);
    }
    return found;
}

std::vector<std::string> origins(setting const& from)
{
    auto const texts = list_of(from);
    std::vector<std::string> found;
    if (texts.size() == 1 && texts.front() == "none") return found;
    for (auto const& text : texts) {
        auto origin = api::canonical_origin(text);
        if (!origin)
            throw complaint(
                from, in_quotes(text) + " is not https://host or https://host:port, without a path, or none"
            );
        found.push_back(std::move(*origin));
    }
    return found;
}

mode_t socket_mode(setting const& from)
{
    constexpr mode_t everything = 0777;
    auto const text = single_text(from);
    mode_t mode = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, failure] = std::from_chars(text.data(), end, mode, 8);
    if (failure != std::errc{} || stop != end || mode > everything || text.size() < 3)
        throw complaint(from, in_quotes(text) + " is no mode of a file; write 0660 or 0600");
    return mode;
}

}  // namespace jwtgate::config
