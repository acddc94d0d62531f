#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jwtgate::core {

/// An IP address. However it was spelled, equal addresses compare equal and are written alike.
class ip_address {
public:
    /// IPv4 as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2).
    using octets = std::array<unsigned char, 16>;

    /// Reads a.b.c.d without leading zeros, or IPv6 (RFC 4291 section 2.2). A zone behind an IPv6 address
    /// means something on one machine only and is left out.
    static std::optional<ip_address> parse(std::string_view text) noexcept;

    octets const& bytes() const noexcept { return bytes_; }

    /// What one subscriber is given: the whole of an IPv4 address, the first 64 bits of an IPv6 one.
    std::span<unsigned char const> network() const noexcept;

    /// a.b.c.d for IPv4 and for an IPv4-mapped address, else as RFC 5952 section 4 writes it.
    std::string text() const;

    friend bool operator==(ip_address const&, ip_address const&) = default;

private:
    explicit ip_address(octets const& bytes) noexcept : bytes_{bytes} {}

    octets bytes_;
};

}  // namespace jwtgate::core
