#include "jwt/base64url/alphabet.hpp"
#include "jwt/base64url/kernels.hpp"
#include <jwtgate/jwt/base64url.hpp>

#ifdef __x86_64__

#include <array>
#include <cstdint>
#include <immintrin.h>

#define JWTGATE_AVX512 [[gnu::target("avx512f,avx512bw,avx512vbmi")]]

// The method is that of Mula and Lemire, "Base64 encoding and decoding at almost the speed of a memory copy"
// (2019); the tables follow from the alphabet.
namespace jwtgate::jwt::base64url {
namespace {

constexpr std::size_t characters_a_step = 64;
constexpr std::size_t bytes_a_step = 48;

using table = std::array<std::uint8_t, 64>;

/// Where the bytes of a step go before their bits are shifted into place: b, a, c, b for each three a, b, c.
constexpr auto spread = [] {
    table places{};
    for (std::size_t i = 0; i < places.size(); ++i) {
        constexpr std::array<std::uint8_t, 4> order{1, 0, 2, 1};
        places[i] = static_cast<std::uint8_t>(i / 4 * 3 + order[i % 4]);
    }
    return places;
}();

/// Where the three bytes of each 24-bit group come from, which lies in 32 bits, the highest byte first.
constexpr auto pack = [] {
    table places{};
    for (std::size_t i = 0; i < bytes_a_step; ++i)
        places[i] = static_cast<std::uint8_t>(i / 3 * 4 + 2 - i % 3);
    return places;
}();

JWTGATE_AVX512 __m512i load(void const* from) noexcept
{
    return _mm512_loadu_si512(from);
}

/// The lowest `count` of 64 lanes.
constexpr __mmask64 first_lanes(std::size_t count) noexcept
{
    return count >= 64 ? ~__mmask64{0} : (__mmask64{1} << count) - 1;
}

JWTGATE_AVX512 __m512i characters_of(__m512i bytes) noexcept
{
    // By how much each character's six bits are rotated to the right within 8 bytes.
    auto const shifts = _mm512_set1_epi64(0x3036242a1016040a);
    auto const groups = _mm512_permutexvar_epi8(load(spread.data()), bytes);
    auto const values = _mm512_multishift_epi64_epi8(shifts, groups);
    return _mm512_permutexvar_epi8(values, load(alphabet.data()));
}

JWTGATE_AVX512 __m512i bytes_of(__m512i values) noexcept
{
    auto const pairs = _mm512_maddubs_epi16(values, _mm512_set1_epi32(0x01400140));
    auto const groups = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00011000));
    return _mm512_permutexvar_epi8(load(pack.data()), groups);
}

JWTGATE_AVX512 void encode(std::string_view bytes, char* out) noexcept
{
    auto const whole = first_lanes(bytes_a_step);
    for (; bytes.size() >= bytes_a_step; bytes.remove_prefix(bytes_a_step), out += characters_a_step)
        _mm512_storeu_si512(out, characters_of(_mm512_maskz_loadu_epi8(whole, bytes.data())));
    auto const rest = _mm512_maskz_loadu_epi8(first_lanes(bytes.size()), bytes.data());
    _mm512_mask_storeu_epi8(out, first_lanes(base64url_encoded_size(bytes.size())), characters_of(rest));
}

JWTGATE_AVX512 bool decode(std::string_view text, char* out) noexcept
{
    auto const low = load(sextets.data());
    auto const high = load(sextets.data() + 64);
    auto const zeros = _mm512_set1_epi8(alphabet.front());
    auto refused = _mm512_setzero_si512();
    for (; !text.empty(); out += bytes_a_step) {
        auto const size = text.size() < characters_a_step ? text.size() : characters_a_step;
        auto const read = _mm512_mask_loadu_epi8(zeros, first_lanes(size), text.data());
        auto const values = _mm512_permutex2var_epi8(low, read, high);
        refused = _mm512_or_si512(refused, _mm512_or_si512(read, values));
        _mm512_mask_storeu_epi8(out, first_lanes(base64url_decoded_size(size)), bytes_of(values));
        text.remove_prefix(size);
    }
    return _mm512_movepi8_mask(refused) == 0;
}

}  // namespace

constinit kernel const avx512{"avx512", encode, decode};

}  // namespace jwtgate::jwt::base64url

#endif
