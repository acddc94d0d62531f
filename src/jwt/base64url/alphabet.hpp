#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jwtgate::jwt::base64url {

/// RFC 4648 section 5.
inline constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

inline constexpr std::uint8_t no_sextet = 0x80;

/// The value of each byte as a character, or no_sextet.
inline constexpr auto sextets = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(no_sextet);
    for (std::uint8_t value = 0; char c : alphabet) table[static_cast<unsigned char>(c)] = value++;
    return table;
}();

/// Whether a text that is all of the alphabet spells its bytes the one canonical way: a possible length, and
/// zero in the bits of the last character that belong to no byte (RFC 4648 section 3.5).
constexpr bool ends_canonically(std::string_view text) noexcept
{
    auto const rest = text.size() % 4;
    if (rest == 0) return true;
    auto const unused = rest == 2 ? 0x0fU : 0x03U;
    return rest != 1 && (sextets[static_cast<unsigned char>(text.back())] & unused) == 0;
}

}  // namespace jwtgate::jwt::base64url
