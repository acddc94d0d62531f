#pragma once

#include <jwtgate/jwt/error.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace jwtgate::jwt {

/// Length of the base64url text of `bytes` bytes, without padding (RFC 4648 section 5).
constexpr std::size_t base64url_encoded_size(std::size_t bytes) noexcept
{
    return bytes / 3 * 4 + (bytes % 3 == 0 ? 0 : bytes % 3 + 1);
}

/// Number of bytes that a base64url text of `characters` characters stands for.
constexpr std::size_t base64url_decoded_size(std::size_t characters) noexcept
{
    return characters / 4 * 3 + (characters % 4 == 0 ? 0 : characters % 4 - 1);
}

/// Writes the text of `bytes` to `out`, which holds at least base64url_encoded_size characters and does not
/// overlap. Returns the number of characters written.
std::size_t base64url_encode(std::string_view bytes, char* out) noexcept;

/// Writes the bytes of `text` to `out`, which holds at least base64url_decoded_size bytes. Accepts exactly
/// one spelling of each byte string: no padding, no white space, unused bits zero (RFC 4648 section 3.5). The
/// error is errc::bad_base64url; `out` is then unspecified.
result<std::size_t> base64url_decode(std::string_view text, char* out) noexcept;

}  // namespace jwtgate::jwt
