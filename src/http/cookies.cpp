#include "http/cookies.hpp"

#include <algorithm>

namespace jwtgate::http {
namespace {

std::string_view trim(std::string_view text) noexcept
{
    constexpr std::string_view blanks = " \t";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

std::string_view take_part(std::string_view& rest) noexcept
{
    auto const part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    return trim(part);
}

std::string_view word(same_site value) noexcept
{
    switch (value) {
        case same_site::lax:
            return "Lax";
        case same_site::strict:
            return "Strict";
        case same_site::none:
            break;
    }
    return "None";
}

void append_attributes(std::string& out, set_cookie const& cookie)
{
    if (!cookie.domain.empty()) out.append("; Domain=").append(cookie.domain);
    if (cookie.secure) out += "; Secure";
    if (cookie.http_only) out += "; HttpOnly";
    out.append("; SameSite=").append(word(cookie.same_site));
}

}  // namespace

std::optional<cookie> next_cookie(std::string_view& rest) noexcept
{
    while (!rest.empty()) {
        auto const part = take_part(rest);
        auto const equals = part.find('=');
        if (equals == 0 || equals == std::string_view::npos) continue;
        return cookie{.name = part.substr(0, equals), .value = part.substr(equals + 1)};
    }
    return std::nullopt;
}

found_cookie find_cookie(std::span<field const> fields, std::string_view name) noexcept
{
    found_cookie found;
    for_each_cookie(fields, [&found, name](std::string_view other, std::string_view value) {
        if (other != name || value.empty()) return;
        found.conflicting |= found.value && *found.value != value;
        if (!found.value) found.value = value;
    });
    return found;
}

std::string to_field_value(set_cookie const& cookie)
{
    std::string out;
    out.append(cookie.name).append("=").append(cookie.value).append("; Path=/; Max-Age=");
    out += std::to_string(cookie.max_age.count());
    append_attributes(out, cookie);
    return out;
}

std::string to_deletion(set_cookie const& cookie)
{
    std::string out;
    out.append(cookie.name).append("=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    append_attributes(out, cookie);
    return out;
}

}  // namespace jwtgate::http
