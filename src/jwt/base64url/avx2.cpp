#include "jwt/base64url/alphabet.hpp"
#include "jwt/base64url/kernels.hpp"
#include <jwtgate/jwt/base64url.hpp>

#ifdef __x86_64__

#include <array>
#include <cstdint>
#include <cstring>
#include <immintrin.h>

#define JWTGATE_AVX2 [[gnu::target("avx2")]]

// The method is that of Mula and Lemire, "Faster Base64 Encoding and Decoding Using AVX2 Instructions"
// (2018); the tables follow from the alphabet.
namespace jwtgate::jwt::base64url {
namespace {

constexpr std::size_t characters_a_step = 32;
constexpr std::size_t bytes_a_step = 24;

/// Each half of a register looks up sixteen bytes by itself.
using table = std::array<std::uint8_t, 16>;

constexpr std::uint8_t sextet_of(std::size_t high, std::size_t low) noexcept
{
    return sextets[high << 4 | low];
}

/// Bytes whose high half is one of these two, or of any that is in no character, are told from characters by
/// the same low halves.
constexpr std::uint8_t class_bit(std::size_t high) noexcept
{
    for (std::size_t other = 0; other < high; ++other) {
        bool same = true;
        for (std::size_t low = 0; low < 16; ++low)
            same = same && (sextet_of(high, low) == no_sextet) == (sextet_of(other, low) == no_sextet);
        if (same) return class_bit(other);
    }
    std::uint8_t bit = 1;
    for (std::size_t other = 0; other < high; ++other)
        if (class_bit(other) >= bit) bit = static_cast<std::uint8_t>(class_bit(other) << 1);
    return bit;
}

/// By the high half of a byte: the bit of its class.
constexpr auto class_of_high = [] {
    table bits{};
    for (std::size_t high = 0; high < 16; ++high) bits[high] = class_bit(high);
    return bits;
}();

/// By the low half of a byte: the classes in which it is no character.
constexpr auto refused_by_low = [] {
    table bits{};
    for (std::size_t high = 0; high < 16; ++high)
        for (std::size_t low = 0; low < 16; ++low)
            if (sextet_of(high, low) == no_sextet) bits[low] |= class_of_high[high];
    return bits;
}();

constexpr char odd_one = '_';  // the one character whose value has another distance than its neighbours'

/// By the high half of a character: what makes it its value, but for the odd one.
constexpr auto distance_by_high = [] {
    table distances{};
    for (std::size_t high = 0; high < 16; ++high)
        for (std::size_t low = 0; low < 16; ++low)
            if (sextet_of(high, low) != no_sextet && (high << 4 | low) != odd_one)
                distances[high] = static_cast<std::uint8_t>(sextet_of(high, low) - (high << 4 | low));
    return distances;
}();

constexpr auto odd_distance = static_cast<char>(sextets[odd_one] - odd_one - distance_by_high[odd_one >> 4]);

constexpr std::size_t last_letter = 51;
constexpr std::size_t capitals = 26;
constexpr std::uint8_t capital_class = 13;

/// By the class of a value (how far it is beyond the letters, or capital_class): what makes it its character.
constexpr auto distance_by_class = [] {
    table distances{};
    for (std::size_t value = 0; value < alphabet.size(); ++value) {
        auto const beyond = value < last_letter ? 0 : value - last_letter;
        auto const which = value < capitals ? std::size_t{capital_class} : beyond;
        distances[which] = static_cast<std::uint8_t>(static_cast<unsigned char>(alphabet[value]) - value);
    }
    return distances;
}();

JWTGATE_AVX2 __m256i in_both_halves(table const& bytes) noexcept
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<__m128i const*>(bytes.data())));
}

JWTGATE_AVX2 __m256i load(void const* from) noexcept
{
    return _mm256_loadu_si256(static_cast<__m256i const*>(from));
}

/// Twelve bytes in each half, in the lower one from its first byte on, in the upper one from its fifth.
JWTGATE_AVX2 __m256i load_bytes(char const* from) noexcept
{
    auto const lower = _mm_loadu_si128(reinterpret_cast<__m128i const*>(from));
    auto const upper = _mm_loadu_si128(reinterpret_cast<__m128i const*>(from + 8));
    return _mm256_inserti128_si256(_mm256_castsi128_si256(lower), upper, 1);
}

/// Where the bytes of a step go before their bits are shifted into place: b, a, c, b for each three a, b, c.
constexpr auto spread = [] {
    std::array<std::uint8_t, 32> places{};
    for (std::size_t i = 0; i < places.size(); ++i) {
        constexpr std::array<std::uint8_t, 4> order{1, 0, 2, 1};
        std::size_t const first = i < 16 ? 0 : 4;  // as load_bytes leaves them
        places[i] = static_cast<std::uint8_t>(first + i / 4 % 4 * 3 + order[i % 4]);
    }
    return places;
}();

JWTGATE_AVX2 __m256i values_of(__m256i bytes) noexcept
{
    auto const groups = _mm256_shuffle_epi8(bytes, load(spread.data()));
    auto const odd = _mm256_and_si256(groups, _mm256_set1_epi32(0x0fc0fc00));
    auto const even = _mm256_and_si256(groups, _mm256_set1_epi32(0x003f03f0));
    return _mm256_or_si256(
        _mm256_mulhi_epu16(odd, _mm256_set1_epi32(0x04000040)),
        _mm256_mullo_epi16(even, _mm256_set1_epi32(0x01000010))
    );
}

JWTGATE_AVX2 __m256i characters_of(__m256i values) noexcept
{
    auto const is_capital = _mm256_cmpgt_epi8(_mm256_set1_epi8(capitals), values);
    auto const beyond = _mm256_subs_epu8(values, _mm256_set1_epi8(last_letter));
    auto const which = _mm256_or_si256(beyond, _mm256_and_si256(is_capital, _mm256_set1_epi8(capital_class)));
    return _mm256_add_epi8(values, _mm256_shuffle_epi8(in_both_halves(distance_by_class), which));
}

JWTGATE_AVX2 void encode_step(char const* bytes, char* out) noexcept
{
    auto const text = characters_of(values_of(load_bytes(bytes)));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), text);
}

/// Decodes 32 characters to 24 bytes. What it returns is zero when all of them are of the alphabet.
JWTGATE_AVX2 __m256i decode_step(char const* text, char* out) noexcept
{
    auto const read = load(text);
    auto const halves = _mm256_set1_epi8(0x0f);
    auto const high = _mm256_and_si256(_mm256_srli_epi16(read, 4), halves);
    auto const low = _mm256_and_si256(read, halves);
    auto const refused = _mm256_and_si256(
        _mm256_shuffle_epi8(in_both_halves(class_of_high), high),
        _mm256_shuffle_epi8(in_both_halves(refused_by_low), low)
    );

    auto const odd = _mm256_cmpeq_epi8(read, _mm256_set1_epi8(odd_one));
    auto const distance = _mm256_add_epi8(
        _mm256_shuffle_epi8(in_both_halves(distance_by_high), high),
        _mm256_and_si256(odd, _mm256_set1_epi8(odd_distance))
    );
    auto const pairs = _mm256_maddubs_epi16(_mm256_add_epi8(read, distance), _mm256_set1_epi32(0x01400140));
    auto const groups = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
    constexpr table pack{2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 0x80, 0x80, 0x80, 0x80};
    auto const packed = _mm256_permutevar8x32_epi32(
        _mm256_shuffle_epi8(groups, in_both_halves(pack)), _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7)
    );
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm256_castsi256_si128(packed));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out + 16), _mm256_extracti128_si256(packed, 1));
    return refused;
}

JWTGATE_AVX2 void encode(std::string_view bytes, char* out) noexcept
{
    for (; bytes.size() >= bytes_a_step; bytes.remove_prefix(bytes_a_step), out += characters_a_step)
        encode_step(bytes.data(), out);
    if (bytes.empty()) return;
    std::array<char, bytes_a_step> rest{};
    std::array<char, characters_a_step> text;
    std::memcpy(rest.data(), bytes.data(), bytes.size());
    encode_step(rest.data(), text.data());
    std::memcpy(out, text.data(), base64url_encoded_size(bytes.size()));
}

JWTGATE_AVX2 bool decode(std::string_view text, char* out) noexcept
{
    auto refused = _mm256_setzero_si256();
    for (; text.size() >= characters_a_step; text.remove_prefix(characters_a_step), out += bytes_a_step)
        refused = _mm256_or_si256(refused, decode_step(text.data(), out));
    if (!text.empty()) {
        std::array<char, characters_a_step> rest;
        std::array<char, bytes_a_step> bytes;
        rest.fill(alphabet.front());
        std::memcpy(rest.data(), text.data(), text.size());
        refused = _mm256_or_si256(refused, decode_step(rest.data(), bytes.data()));
        std::memcpy(out, bytes.data(), base64url_decoded_size(text.size()));
    }
    return _mm256_testz_si256(refused, refused) == 1;
}

}  // namespace

constinit kernel const avx2{"avx2", encode, decode};

}  // namespace jwtgate::jwt::base64url

#endif
