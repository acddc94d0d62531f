#pragma once

#include <jwtgate/jwt/error.hpp>

#include <cstddef>
#include <string_view>

namespace jwtgate::jwt {

/// Length of the base64url text of `bytes` bytes, without padding (RFC 4648 section 5). At most three
/// quarters of what a std::size_t counts can be asked for.
constexpr std::size_t base64url_encoded_size(std::size_t bytes) noexcept
{
    return bytes / 3 * 4 + (bytes % 3 == 0 ? 0 : bytes % 3 + 1);
}

/// Number of bytes that a base64url text of `characters` characters stands for. No text has one character
/// more than a multiple of four; the answer for that is the one for the multiple.
constexpr std::size_t base64url_decoded_size(std::size_t characters) noexcept
{
    return characters / 4 * 3 + (characters % 4 == 0 ? 0 : characters % 4 - 1);
}

/// Writes the text of `bytes` to `out`, which holds at least base64url_encoded_size characters and does not
/// overlap. Returns the number of characters written. The processor's widest instructions do it; on one
/// without AVX2, tables, so that the time may depend on the bytes.
std::size_t base64url_encode(std::string_view bytes, char* out) noexcept;

/// Writes the bytes of `text` to `out`, which holds at least base64url_decoded_size bytes. Accepts exactly
/// one spelling of each byte string: no padding, no white space, unused bits zero (RFC 4648 section 3.5); the
/// empty text stands for no bytes. The error is errc::bad_base64url; `out` is then unspecified. They do not
/// overlap.
result<std::size_t> base64url_decode(std::string_view text, char* out) noexcept;

}  // namespace jwtgate::jwt
