#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace jwtgate::http {

/// CR, LF, NUL and the other control octets but the tab: what no field value may hold (RFC 9110 section 5.5).
constexpr bool is_control(char c) noexcept
{
    auto const octet = static_cast<unsigned char>(c);
    return (octet < ' ' && octet != '\t') || octet == 0x7f;
}

#ifdef __SSE2__
/// Of these 16 octets, each that is one is a bit, the first the lowest.
inline unsigned controls_of(char const* octets_at) noexcept
{
    auto const octets = _mm_loadu_si128(reinterpret_cast<__m128i const*>(octets_at));
    auto const low = _mm_cmpeq_epi8(_mm_min_epu8(octets, _mm_set1_epi8(0x1f)), octets);
    auto const low_not_tab = _mm_andnot_si128(_mm_cmpeq_epi8(octets, _mm_set1_epi8('\t')), low);
    auto const controls = _mm_or_si128(low_not_tab, _mm_cmpeq_epi8(octets, _mm_set1_epi8(0x7f)));
    return static_cast<unsigned>(_mm_movemask_epi8(controls));
}
#endif

/// Where the first one stands, or the size of the text.
inline std::size_t find_control(std::string_view text) noexcept
{
    std::size_t at = 0;
#ifdef __SSE2__
    constexpr std::size_t width = sizeof(__m128i);
    for (; text.size() - at >= width; at += width) {
        if (auto const found = controls_of(text.data() + at); found != 0)
            return at + static_cast<std::size_t>(std::countr_zero(found));
    }
    // The last ones in one step too, with some that have been seen.
    if (at > 0 && at < text.size()) {
        auto const last = text.size() - width;
        auto const found = controls_of(text.data() + last);
        return found == 0 ? text.size() : last + static_cast<std::size_t>(std::countr_zero(found));
    }
#endif
    auto const* const end = text.data() + text.size();
    return static_cast<std::size_t>(std::find_if(text.data() + at, end, is_control) - text.data());
}

/// Whether there is one.
inline bool has_control(std::string_view text) noexcept
{
    return find_control(text) != text.size();
}

}  // namespace jwtgate::http
