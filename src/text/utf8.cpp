#include "text/utf8.hpp"

#include <array>

namespace jwtgate::text {
namespace {

/// How many bytes a sequence has that begins with this one (RFC 3629 section 3); 0 where none does.
std::size_t sequence_size(unsigned char first) noexcept
{
    if (first < 0x80) return 1;
    if (first < 0xc2) return 0;
    if (first < 0xe0) return 2;
    if (first < 0xf0) return 3;
    return first < 0xf5 ? 4 : 0;
}

}  // namespace

utf8_character first_character(std::string_view text) noexcept
{
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    auto const first = static_cast<unsigned char>(text.front());
    auto const size = sequence_size(first);
    if (size == 1) return {first, 1};
    if (size == 0 || size > text.size()) return {};
    std::uint32_t value = first & (0x7fU >> size);
    for (char const c : text.substr(1, size - 1)) {
        auto const byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0U) != 0x80) return {};
        value = value << 6U | (byte & 0x3fU);
    }
    bool const is_surrogate = value >= 0xd800 && value < 0xe000;
    if (value < least[size] || value > 0x10ffff || is_surrogate) return {};
    return {value, size};
}

bool is_utf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        auto const size = first_character(text).size;
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

}  // namespace jwtgate::text
