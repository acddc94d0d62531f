#include "jwt/base64url/alphabet.hpp"
#include "jwt/base64url/kernels.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace jwtgate::jwt::base64url {
namespace {

constexpr std::uint32_t invalid = 1U << 31;  // above the 24 bits of a group

using character_pair = std::array<char, 2>;
using place_table = std::array<std::uint32_t, 256>;

/// The two characters of every twelve bits.
constexpr auto pairs = [] {
    std::array<character_pair, 4096> table{};
    for (std::size_t bits = 0; bits < table.size(); ++bits)
        table[bits] = {alphabet[bits >> 6], alphabet[bits & 0x3f]};
    return table;
}();

/// For each of the four places in a group, what a character there adds to it.
constexpr auto places = [] {
    std::array<place_table, 4> tables{};
    for (std::uint32_t shift = 18; auto& table : tables) {
        for (std::size_t c = 0; c < table.size(); ++c)
            table[c] = sextets[c] == no_sextet ? invalid : std::uint32_t{sextets[c]} << shift;
        shift -= 6;
    }
    return tables;
}();

std::uint32_t octet(char c) noexcept
{
    return static_cast<unsigned char>(c);
}

std::uint32_t at_place(std::size_t place, char c) noexcept
{
    return places[place][octet(c)];
}

char low_byte(std::uint32_t value) noexcept
{
    return static_cast<char>(value & 0xff);
}

void put_pair(char* out, std::uint32_t bits) noexcept
{
    std::memcpy(out, pairs[bits & 0xfff].data(), 2);
}

void encode(std::string_view bytes, char* out) noexcept
{
    for (; bytes.size() >= 3; bytes.remove_prefix(3), out += 4) {
        auto const group = octet(bytes[0]) << 16 | octet(bytes[1]) << 8 | octet(bytes[2]);
        put_pair(out, group >> 12);
        put_pair(out + 2, group);
    }
    if (bytes.empty()) return;
    auto const group = octet(bytes[0]) << 16 | (bytes.size() == 2 ? octet(bytes[1]) << 8 : 0);
    put_pair(out, group >> 12);
    if (bytes.size() == 2) out[2] = alphabet[group >> 6 & 0x3f];
}

bool decode(std::string_view text, char* out) noexcept
{
    std::uint32_t seen = 0;
    for (; text.size() >= 4; text.remove_prefix(4), out += 3) {
        auto const group =
            at_place(0, text[0]) | at_place(1, text[1]) | at_place(2, text[2]) | at_place(3, text[3]);
        seen |= group;
        out[0] = low_byte(group >> 16);
        out[1] = low_byte(group >> 8);
        out[2] = low_byte(group);
    }
    if (!text.empty()) {
        auto const third = text.size() == 3 ? at_place(2, text[2]) : 0;
        auto const group = at_place(0, text[0]) | at_place(1, text[1]) | third;
        seen |= group;
        out[0] = low_byte(group >> 16);
        if (text.size() == 3) out[1] = low_byte(group >> 8);
    }
    return (seen & invalid) == 0;
}

}  // namespace

constinit kernel const scalar{"scalar", encode, decode};

}  // namespace jwtgate::jwt::base64url
