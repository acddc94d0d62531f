#include "api/body/media_type.hpp"

#include "http/request.hpp"

#include <algorithm>
#include <optional>

namespace jwtgate::api {
namespace {

constexpr std::string_view blanks = " \t";

bool is_token_octet(char c) noexcept
{
    return c > ' ' && c < 0x7f && std::string_view{"\"(),/:;<=>?@[\\]{}"}.find(c) == std::string_view::npos;
}

void skip_blanks(std::string_view& rest) noexcept
{
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
}

std::string_view take_token(std::string_view& rest) noexcept
{
    auto const* const end = std::ranges::find_if_not(rest, is_token_octet);
    std::string_view const token{rest.begin(), end};
    rest.remove_prefix(token.size());
    return token;
}

// What stands between the quotes, where a backslash takes the meaning from what follows it.
std::optional<std::string_view> take_quoted(std::string_view& rest) noexcept
{
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '\\') {
            ++i;
        } else if (rest[i] == '"') {
            auto const inside = rest.substr(1, i - 1);
            rest.remove_prefix(i + 1);
            return inside;
        }
    }
    return std::nullopt;
}

// `name=value`, where the name is not charset or the value another one than UTF-8.
bool take_parameter(std::string_view& rest) noexcept
{
    auto const name = take_token(rest);
    if (name.empty() || !rest.starts_with('=')) return false;
    rest.remove_prefix(1);
    auto const value = rest.starts_with('"') ? take_quoted(rest) : take_token(rest);
    if (!value) return false;
    if (!http::same_name(name, "charset")) return true;
    return http::same_name(*value, "utf-8") || http::same_name(*value, "us-ascii");
}

}  // namespace

bool is_utf8_type(std::string_view content_type, std::string_view type) noexcept
{
    if (!http::same_name(content_type.substr(0, type.size()), type)) return false;
    auto rest = content_type.substr(type.size());
    for (skip_blanks(rest); !rest.empty(); skip_blanks(rest)) {
        if (!rest.starts_with(';')) return false;
        rest.remove_prefix(1);
        skip_blanks(rest);
        if (!rest.empty() && !rest.starts_with(';') && !take_parameter(rest)) return false;
    }
    return true;
}

}  // namespace jwtgate::api
