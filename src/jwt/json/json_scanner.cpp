#include "jwt/json/json_scanner.hpp"

#include <cstring>

namespace jwtgate::jwt {
namespace {

std::uint32_t hex_value(char c) noexcept
{
    if (is_digit(c)) return octet(c) - octet('0');
    auto const lower = octet(c) | 0x20U;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
}

}  // namespace

bool json_scanner::skip() noexcept
{
    switch (peek()) {
        case json_kind::object:
            return object([this](json_name const&) { return skip(); });
        case json_kind::array:
            return array([this] { return skip(); });
        case json_kind::string:
            return string().has_value();
        case json_kind::number:
            return number().has_value();
        case json_kind::boolean:
            return boolean().has_value();
        case json_kind::null:
            return literal("null");
        case json_kind::none:
            break;
    }
    return false;
}

bool json_text::read_from(json_scanner& scanner) noexcept
{
    present = true;
    if (scanner.peek() != json_kind::string) return scanner.skip();
    text = scanner.string();
    return text.has_value();
}

/// The way of a string that holds more than plain characters; what lies before `at_` is plain.
std::optional<std::string_view> json_scanner::rest_of_string(char* begin) noexcept
{
    auto* out = at_;
    while (out != nullptr && at_ != end_ && !next_is('"')) {
        if (is_plain(*at_))
            *out++ = *at_++;
        else
            out = accept('\\') ? escape(out) : utf8_sequence(out);
    }
    if (out == nullptr || !accept('"')) return std::nullopt;
    return std::string_view{begin, static_cast<std::size_t>(out - begin)};
}

/// Writes what an escape stands for, never more bytes than it has itself; null when it is none.
char* json_scanner::escape(char* out) noexcept
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (accept('u')) {
        auto const code = code_point();
        return code ? append_utf8(*code, out) : nullptr;
    }
    auto const which = at_ == end_ ? std::string_view::npos : letters.find(*at_++);
    if (which == std::string_view::npos) return nullptr;
    *out++ = meanings[which];
    return out;
}

char* json_scanner::utf8_sequence(char* out) noexcept
{
    auto const size = utf8_size({at_, static_cast<std::size_t>(end_ - at_)});
    if (size == 0) return nullptr;
    std::memmove(out, at_, size);
    at_ += size;
    return out + size;
}

std::optional<std::uint32_t> json_scanner::code_unit() noexcept
{
    if (end_ - at_ < 4) return std::nullopt;
    std::uint32_t unit = 0;
    for (auto const* const last = at_ + 4; at_ != last; ++at_) {
        auto const value = hex_value(*at_);
        if (value > 15) return std::nullopt;
        unit = unit << 4 | value;
    }
    return unit;
}

std::optional<std::uint32_t> json_scanner::code_point() noexcept
{
    auto const high = code_unit();
    if (!high || is_low_surrogate(*high)) return std::nullopt;
    if (!is_high_surrogate(*high)) return high;
    if (!accept('\\') || !accept('u')) return std::nullopt;
    auto const low = code_unit();
    if (!low || !is_low_surrogate(*low)) return std::nullopt;
    return 0x10000 + ((*high - 0xd800) << 10 | (*low - 0xdc00));
}

std::optional<std::string_view> json_scanner::number() noexcept
{
    skip_space();
    auto const* const begin = at_;
    accept('-');
    auto valid = accept('0') || digits();
    if (accept('.')) valid = digits() && valid;
    if (accept('e') || accept('E')) {
        if (!accept('+')) accept('-');
        valid = digits() && valid;
    }
    if (!valid) return std::nullopt;
    return std::string_view{begin, static_cast<std::size_t>(at_ - begin)};
}

bool json_scanner::digits() noexcept
{
    auto const* const begin = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return at_ != begin;
}

std::optional<bool> json_scanner::boolean() noexcept
{
    skip_space();
    auto const value = next_is('t');
    if (!literal(value ? "true" : "false")) return std::nullopt;
    return value;
}

bool json_scanner::literal(std::string_view word) noexcept
{
    if (!std::string_view{at_, static_cast<std::size_t>(end_ - at_)}.starts_with(word)) return false;
    at_ += word.size();
    return true;
}

}  // namespace jwtgate::jwt
