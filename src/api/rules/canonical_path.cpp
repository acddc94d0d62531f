#include "api/rules/canonical_path.hpp"

#include "http/request.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace jwtgate::api {
namespace {

bool is_control(char c) noexcept
{
    return (c >= 0 && c < ' ') || c == 0x7f;
}

bool is_outside_ascii(char c) noexcept
{
    return static_cast<unsigned char>(c) > 0x7f;
}

bool is_hidden_delimiter(char c) noexcept
{
    return is_control(c) || std::string_view{"/\\.%?#;"}.find(c) != std::string_view::npos;
}

std::optional<unclear> fault_of(char c) noexcept
{
    if (is_control(c) || c == ' ') return unclear::control;
    if (is_outside_ascii(c)) return unclear::not_ascii;
    if (c == '\\') return unclear::backslash;
    if (c == ';') return unclear::semicolon;
    if (c == '#') return unclear::fragment;
    return std::nullopt;
}

std::optional<unclear> fault_in_octets(std::string_view path) noexcept
{
    for (char const c : path)
        if (auto const fault = fault_of(c)) return fault;
    return std::nullopt;
}

// The last one may be empty: it stands behind a slash at the end.
std::optional<unclear> fault_in_segments(std::string_view path) noexcept
{
    for (auto rest = path.substr(1); !rest.empty();) {
        auto const segment = rest.substr(0, rest.find('/'));
        if (segment.empty()) return unclear::empty_segment;
        if (segment == "." || segment == "..") return unclear::dot_segment;
        rest.remove_prefix(std::min(segment.size() + 1, rest.size()));
    }
    return std::nullopt;
}

std::optional<unsigned> hex_value(char c) noexcept
{
    constexpr std::string_view digits = "0123456789abcdef";
    auto const found = digits.find(http::to_lower(c));
    if (found == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned>(found);
}

std::optional<char> encoded_octet(std::string_view text) noexcept
{
    if (text.size() < 3) return std::nullopt;
    auto const high = hex_value(text[1]);
    auto const low = hex_value(text[2]);
    if (!high || !low) return std::nullopt;
    return static_cast<char>(*high * 16 + *low);
}

boost::system::result<std::string, unclear> decode(std::string_view path)
{
    std::string decoded;
    decoded.reserve(path.size());
    while (!path.empty()) {
        bool const is_encoded = path.front() == '%';
        auto const octet = is_encoded ? encoded_octet(path) : path.front();
        if (!octet) return unclear::bad_encoding;
        if (is_encoded && is_hidden_delimiter(*octet)) return unclear::hidden_delimiter;
        decoded += *octet;
        path.remove_prefix(is_encoded ? 3 : 1);
    }
    return decoded;
}

struct utf8_form {
    std::uint32_t mask;  // of the first octet
    std::uint32_t mark;
    std::uint32_t least;  // code point; a smaller one has a shorter form
};

// By the number of octets behind the first (RFC 3629 section 3).
constexpr auto utf8_forms =
    std::to_array<utf8_form>({{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}}
    );

// The size of the character that the text begins with; 0 when that is not UTF-8.
std::size_t utf8_size(std::string_view text) noexcept
{
    auto const first = static_cast<unsigned char>(text.front());
    auto const* const form = std::ranges::find_if(utf8_forms, [first](utf8_form const& each) {
        return (first & each.mask) == each.mark;
    });
    if (form == utf8_forms.end()) return 0;
    auto const size = static_cast<std::size_t>(form - utf8_forms.begin()) + 1;
    if (text.size() < size) return 0;
    auto code_point = first & ~form->mask;
    for (char const c : text.substr(1, size - 1)) {
        auto const octet = static_cast<unsigned char>(c);
        if ((octet & 0xc0U) != 0x80U) return 0;
        code_point = code_point << 6U | (octet & 0x3fU);
    }
    bool const is_surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
    return code_point < form->least || code_point > 0x10ffff || is_surrogate ? 0 : size;
}

bool is_utf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        auto const size = utf8_size(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

}  // namespace

boost::system::result<canonical_path, unclear> canonical_path::read(std::string_view path)
{
    if (!path.starts_with('/')) return unclear::no_slash;
    if (auto const fault = fault_in_octets(path)) return *fault;
    if (auto const fault = fault_in_segments(path)) return *fault;
    canonical_path found;
    found.sent_ = path;
    if (path.find('%') == std::string_view::npos) return found;
    auto decoded = decode(path);
    if (!decoded) return decoded.error();
    if (!is_utf8(*decoded)) return unclear::not_utf8;
    found.decoded_ = std::move(*decoded);
    return found;
}

}  // namespace jwtgate::api
