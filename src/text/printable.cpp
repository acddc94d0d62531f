#include "text/printable.hpp"

#include "text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>

namespace jwtgate::text {
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

}  // namespace

std::string printable(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        auto const [code_point, size] = first_character(text);
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

}  // namespace jwtgate::text
