#include "core/ip_address.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace jwtgate::core {
namespace {

constexpr ip_address::octets mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::size_t mapped_size = 12;

using text_buffer = std::array<char, INET6_ADDRSTRLEN>;

bool is_mapped(ip_address::octets const& bytes) noexcept
{
    return std::equal(bytes.begin(), bytes.begin() + mapped_size, mapped.begin());
}

std::string_view without_zone(std::string_view text) noexcept
{
    auto const percent = text.find('%');
    bool const has_zone = percent != std::string_view::npos && percent + 1 < text.size();
    return has_zone && text.find(':') < percent ? text.substr(0, percent) : text;
}

}  // namespace

std::optional<ip_address> ip_address::parse(std::string_view text) noexcept
{
    auto const address = without_zone(text);
    text_buffer terminated{};
    if (address.size() >= terminated.size() || address.find('\0') != std::string_view::npos)
        return std::nullopt;
    std::ranges::copy(address, terminated.begin());
    auto bytes = mapped;
    if (inet_pton(AF_INET, terminated.data(), bytes.data() + mapped_size) == 1) return ip_address{bytes};
    if (inet_pton(AF_INET6, terminated.data(), bytes.data()) == 1) return ip_address{bytes};
    return std::nullopt;
}

std::span<unsigned char const> ip_address::network() const noexcept
{
    constexpr std::size_t network_size = 8;
    return std::span(bytes_).first(is_mapped(bytes_) ? bytes_.size() : network_size);
}

std::string ip_address::text() const
{
    text_buffer written{};
    auto const* const shown =
        is_mapped(bytes_) ? inet_ntop(AF_INET, bytes_.data() + mapped_size, written.data(), written.size())
                          : inet_ntop(AF_INET6, bytes_.data(), written.data(), written.size());
    return shown;
}

}  // namespace jwtgate::core
