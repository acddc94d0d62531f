#include "auth/passwords/password_rules.hpp"

#include "auth/error.hpp"
#include "auth/passwords/opaque_string.hpp"

#include <boost/locale/utf.hpp>

#include <algorithm>
#include <optional>

namespace jwtgate::auth {
namespace {

constexpr std::size_t max_length = 128;
constexpr std::size_t common_count = 3000;

// One a line, the commonest first.
constexpr std::string_view common_passwords =
#include "auth/common_passwords.inc"
    ;

constexpr char to_lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_without_case(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

struct text_shape {
    std::size_t characters = 0;
    bool has_control = false;
};

/// Unicode's category Cc.
constexpr bool is_control(boost::locale::utf::code_point point) noexcept
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

/// None when it is not UTF-8 or has a NUL in it.
std::optional<text_shape> shape_of(std::string_view text) noexcept
{
    text_shape found;
    for (auto const* at = text.begin(); at != text.end(); ++found.characters) {
        auto const point = boost::locale::utf::utf_traits<char>::decode(at, text.end());
        if (point == 0 || !boost::locale::utf::is_valid_codepoint(point)) return std::nullopt;
        found.has_control = found.has_control || is_control(point);
    }
    return found;
}

bool is_common(std::string_view password, std::size_t min_length) noexcept
{
    std::size_t seen = 0;
    for (auto rest = common_passwords; !rest.empty() && seen < common_count;) {
        auto const line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.size() < min_length) continue;
        if (equal_without_case(line, password)) return true;
        ++seen;
    }
    return false;
}

}  // namespace

result<void> check_new_password(std::string_view password, password_demands demands)
{
    auto const prepared = opaque_string(password);
    auto const text = prepared.reveal();
    auto const shape = shape_of(text);
    if (!shape) return errc::password_not_text;
    if (shape->has_control) return errc::password_has_control;
    if (shape->characters < demands.min_length) return errc::password_too_short;
    if (shape->characters > max_length) return errc::password_too_long;
    if (equal_without_case(text, demands.user_name)) return errc::password_too_common;
    if (is_common(text, demands.min_length)) return errc::password_too_common;
    return {};
}

}  // namespace jwtgate::auth
