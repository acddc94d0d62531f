#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

constexpr std::uint64_t from_little_endian(std::uint64_t word) noexcept
{
    return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

/// Eight bytes as a number, the first one lowest.
inline std::uint64_t load_word(char const* at) noexcept
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return from_little_endian(word);
}

inline void store_word(std::uint64_t word, char* at) noexcept
{
    word = from_little_endian(word);
    std::memcpy(at, &word, sizeof word);
}

/// The first byte from `at` on that is not plain, or `end`.
inline char const* skip_plain(char const* at, char const* end) noexcept
{
#ifdef __SSE2__
    for (; end - at >= 16; at += 16) {
        auto const read = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at));
        // What is not ASCII is negative here.
        auto const control = _mm_cmplt_epi8(read, _mm_set1_epi8(0x20));
        auto const quote = _mm_cmpeq_epi8(read, _mm_set1_epi8('"'));
        auto const backslash = _mm_cmpeq_epi8(read, _mm_set1_epi8('\\'));
        auto const found = _mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash)));
        if (found != 0) return at + std::countr_zero(static_cast<unsigned>(found));
    }
#endif
    while (at != end && is_plain(*at)) ++at;
    return at;
}

constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

/// Whether eight bytes are all digits.
inline bool eight_digits(char const* at) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    auto const word = load_word(at);
    auto const above_nine = word + ones * 6;  // carries out of a byte only where the first test fails already
    return ((word & ones * 0xf0) ^ ones * 0x30) == 0 && ((above_nine & ones * 0xf0) ^ ones * 0x30) == 0;
}

/// The number that eight digits write, by halves: pairs of digits, then of pairs, then of those.
inline std::uint32_t value_of_eight_digits(char const* at) noexcept
{
    auto word = load_word(at);
    word = (word & 0x0f0f0f0f0f0f0f0f) * (10 << 8 | 1) >> 8;
    word = (word & 0x00ff00ff00ff00ff) * (100 << 16 | 1) >> 16;
    word = (word & 0x0000ffff0000ffff) * (10000ULL << 32 | 1) >> 32;
    return static_cast<std::uint32_t>(word);
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
