#include "app/text/printable.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>

namespace jwtgate::app {
namespace {

struct range {
    std::uint32_t first;
    std::uint32_t last;
};

constexpr auto hidden = std::to_array<range>({
    {0x00, 0x1f},      // control characters
    {0x7f, 0x9f},      // more of them
    {0xad, 0xad},      // soft hyphen
    {0x61c, 0x61c},    // direction of writing
    {0x200b, 0x200f},  // without width, direction
    {0x2028, 0x202e},  // ends of lines, direction
    {0x2060, 0x206f},  // without width, direction
    {0xfeff, 0xfeff},  // without width
    {0xfff9, 0xfffb},  // annotations
});

bool is_hidden(std::uint32_t code_point) noexcept
{
    return std::ranges::any_of(hidden, [code_point](range const& of) {
        return of.first <= code_point && code_point <= of.last;
    });
}

struct character {
    std::uint32_t code_point = 0;
    std::size_t size = 0;  // 0: not UTF-8
};

/// How many bytes a sequence has that begins with this one (RFC 3629 section 3); 0 where none does.
std::size_t sequence_size(unsigned char first) noexcept
{
    if (first < 0x80) return 1;
    if (first < 0xc2) return 0;
    if (first < 0xe0) return 2;
    if (first < 0xf0) return 3;
    return first < 0xf5 ? 4 : 0;
}

character first_of(std::string_view text) noexcept
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

}  // namespace

std::string printable(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        auto const [code_point, size] = first_of(text);
        if (size == 0) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
        } else if (is_hidden(code_point)) {
            out += fmt::format("\\u{:04x}", code_point);
        } else {
            out += text.substr(0, size);
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

}  // namespace jwtgate::app
