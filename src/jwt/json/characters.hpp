#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace jwtgate::jwt {

inline unsigned char octet(char c) noexcept
{
    return static_cast<unsigned char>(c);
}

/// Whether a byte is ASCII and stands for itself in a JSON string.
inline bool is_plain(char c) noexcept
{
    static constexpr auto table = [] {
        std::array<bool, 256> plain{};
        for (std::size_t code = 0x20; code < 0x80; ++code) plain[code] = code != '"' && code != '\\';
        return plain;
    }();
    return table[octet(c)];
}

/// Whether eight bytes are all plain. A borrow may set a bit above the byte that is not, never clear one.
inline bool plain_word(char const* at) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t highs = ones * 0x80;
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    auto const quotes = word ^ ones * '"';
    auto const backslashes = word ^ ones * '\\';
    auto const found = word | (word - ones * 0x20) | (quotes - ones) | (backslashes - ones);
    return (found & highs) == 0;
}

constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

inline bool is_high_surrogate(std::uint32_t code) noexcept
{
    return code >= 0xd800 && code < 0xdc00;
}

inline bool is_low_surrogate(std::uint32_t code) noexcept
{
    return code >= 0xdc00 && code < 0xe000;
}

inline char* append_utf8(std::uint32_t code, char* out) noexcept
{
    auto const tail = [&](std::uint32_t shift) { *out++ = static_cast<char>(0x80 | (code >> shift & 0x3f)); };
    if (code < 0x80) {
        *out++ = static_cast<char>(code);
    } else if (code < 0x800) {
        *out++ = static_cast<char>(0xc0 | code >> 6);
        tail(0);
    } else if (code < 0x10000) {
        *out++ = static_cast<char>(0xe0 | code >> 12);
        tail(6), tail(0);
    } else {
        *out++ = static_cast<char>(0xf0 | code >> 18);
        tail(12), tail(6), tail(0);
    }
    return out;
}

/// Size of the sequence of two to four bytes that `text` begins with, else 0 (RFC 3629 section 4).
inline std::size_t utf8_size(std::string_view text) noexcept
{
    auto const lead = octet(text.front());
    std::size_t const size = lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (size == 0 || text.size() < size) return 0;

    std::uint32_t code = lead - (size == 2 ? 0xc0U : size == 3 ? 0xe0U : 0xf0U);
    for (auto c : text.substr(1, size - 1)) {
        if ((octet(c) & 0xc0) != 0x80) return 0;
        code = code << 6 | (octet(c) & 0x3f);
    }
    std::uint32_t const smallest = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
    auto const surrogate = is_high_surrogate(code) || is_low_surrogate(code);
    return code >= smallest && code <= 0x10ffff && !surrogate ? size : 0;
}

}  // namespace jwtgate::jwt
