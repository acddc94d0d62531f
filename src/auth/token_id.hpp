#pragma once

#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/hmac.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace jwtgate::auth {

/// Bytes of randomness in a `jti`, `sid` or `csrf`: 128 bits.
inline constexpr std::size_t token_id_bytes = 16;

/// The id that a MAC gives: always the same one for the same text and key.
inline std::string token_id_of(jwt::mac const& from)
{
    std::array<char, token_id_bytes> bytes{};
    std::copy_n(from.begin(), bytes.size(), bytes.begin());
    std::string text(jwt::base64url_encoded_size(bytes.size()), '\0');
    jwt::base64url_encode({bytes.data(), bytes.size()}, text.data());
    return text;
}

/// Whether it has only characters of such an id, and so none that would add a line to a header.
inline bool is_base64url(std::string_view text) noexcept
{
    constexpr auto characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return text.find_first_not_of(characters) == std::string_view::npos;
}

/// Far more than ids of ours have.
inline constexpr std::size_t longest_token_id = 64;

/// Whether it may be such an id.
inline bool is_token_id(std::string_view text) noexcept
{
    return !text.empty() && text.size() <= longest_token_id && is_base64url(text);
}

}  // namespace jwtgate::auth
