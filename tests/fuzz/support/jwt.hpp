#pragma once

#include "fuzz/support/require.hpp"
#include <jwtgate/jwt/hmac.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// What the targets of the JWT library share. The base64url here is another implementation than the
/// library's: bit by bit, and as strict.
namespace jwtgate::jwt::fuzz {

inline constexpr std::string_view secret = "an HMAC key of sixty-four bytes, long enough for each algorithm.";
static_assert(secret.size() == 64);

using jwtgate::fuzz::require;

inline constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

inline std::string encoded(std::string_view bytes)
{
    std::string text;
    unsigned bits = 0;
    unsigned count = 0;
    for (auto byte : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(byte);
        for (count += 8; count >= 6; count -= 6) text += alphabet[bits >> (count - 6) & 63];
        bits &= 63;
    }
    if (count > 0) text += alphabet[bits << (6 - count) & 63];
    return text;
}

/// None for what is not the one text of some bytes.
inline std::optional<std::string> decoded(std::string_view text)
{
    std::string bytes;
    std::size_t bits = 0;
    unsigned count = 0;
    for (auto character : text) {
        auto const value = alphabet.find(character);
        if (value == std::string_view::npos) return std::nullopt;
        bits = bits << 6 | value;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> count);
        bits &= (1U << count) - 1;
    }
    if (count == 6 || bits != 0) return std::nullopt;
    return bytes;
}

/// This text with its signature behind it.
inline std::string sealed(std::string const& text, algorithm alg)
{
    auto key = hmac_key::make(alg, secret).value();
    return text + '.' + encoded(mac_bytes(key.sign(text).value(), alg));
}

}  // namespace jwtgate::jwt::fuzz
