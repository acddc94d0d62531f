#pragma once

#include <cstddef>
#include <string_view>

namespace jwtgate::auth {

/// Bytes of randomness in a `jti`, `sid` or `csrf`: 128 bits.
inline constexpr std::size_t token_id_bytes = 16;

/// Whether it has only characters of such an id, and so none that would add a line to a header.
inline bool is_base64url(std::string_view text) noexcept
{
    constexpr auto characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return text.find_first_not_of(characters) == std::string_view::npos;
}

}  // namespace jwtgate::auth
