#include "http/target.hpp"

#include "http/request.hpp"

#include <algorithm>

namespace jwtgate::http {
namespace {

bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c) noexcept
{
    auto const lower = to_lower(c);
    return is_digit(c) || (lower >= 'a' && lower <= 'z');
}

int hex_value(char c) noexcept
{
    if (is_digit(c)) return c - '0';
    auto const lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool is_name_octet(char c) noexcept
{
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

bool is_address_octet(char c) noexcept
{
    return hex_value(c) >= 0 || c == ':' || c == '.';
}

bool is_target_octet(char c) noexcept
{
    return c > ' ' && c < 0x7f && c != '#';
}

bool is_safe_octet(char c) noexcept
{
    return is_alphanumeric(c) || c == '.' || c == '_' || c == '@' || c == '+' || c == '-';
}

bool is_control(int octet) noexcept
{
    return octet < ' ' || octet == 0x7f;
}

bool is_made_of(std::string_view text, bool (*is_octet)(char) noexcept) noexcept
{
    return !text.empty() && std::ranges::all_of(text, is_octet);
}

bool is_port(std::string_view text) noexcept
{
    return text.empty() || (text.starts_with(':') && std::ranges::all_of(text.substr(1), is_digit));
}

target split_query(std::string_view path) noexcept
{
    auto const mark = std::min(path.find('?'), path.size());
    return {.path = path.substr(0, mark), .query = path.substr(std::min(mark + 1, path.size())), .host = {}};
}

std::optional<std::string_view> behind_scheme(std::string_view text) noexcept
{
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (same_name(text.substr(0, scheme.size()), scheme)) return text.substr(scheme.size());
    }
    return std::nullopt;
}

std::optional<target> split_absolute(std::string_view text) noexcept
{
    auto const rest = behind_scheme(text);
    if (!rest) return std::nullopt;
    auto const host = rest->substr(0, rest->find_first_of("/?"));
    if (!is_host(host)) return std::nullopt;
    auto parts = split_query(rest->substr(host.size()));
    if (parts.path.empty()) parts.path = "/";
    parts.host = host;
    return parts;
}

// The octet that "%XX" stands for, or -1.
int encoded_octet(std::string_view text) noexcept
{
    if (text.size() < 3) return -1;
    auto const high = hex_value(text[1]);
    auto const low = hex_value(text[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

template <class String>
void append_percent_encoded(String& out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    while (!text.empty()) {
        auto const safe = std::ranges::find_if_not(text, is_safe_octet) - text.begin();
        out.append(text.substr(0, static_cast<std::size_t>(safe)));
        text.remove_prefix(static_cast<std::size_t>(safe));
        if (text.empty()) return;
        auto const octet = static_cast<unsigned char>(text.front());
        out.append({'%', digits[octet / 16U], digits[octet % 16U]});
        text.remove_prefix(1);
    }
}

}  // namespace

std::optional<target> split_target(std::string_view text) noexcept
{
    if (!std::ranges::all_of(text, is_target_octet)) return std::nullopt;
    return text.starts_with('/') ? split_query(text) : split_absolute(text);
}

bool is_host(std::string_view text) noexcept
{
    if (text.starts_with('[')) {
        auto const end = text.find(']');
        if (end == std::string_view::npos) return false;
        return is_made_of(text.substr(1, end - 1), is_address_octet) && is_port(text.substr(end + 1));
    }
    auto const name = text.substr(0, text.find(':'));
    return is_made_of(name, is_name_octet) && is_port(text.substr(name.size()));
}

std::optional<parameter> next_parameter(std::string_view& rest) noexcept
{
    while (!rest.empty()) {
        auto const part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (part.empty()) continue;
        auto const equals = std::ranges::find(part, '=') - part.begin();
        auto const name = part.substr(0, static_cast<std::size_t>(equals));
        return parameter{.name = name, .value = part.substr(std::min(name.size() + 1, part.size()))};
    }
    return std::nullopt;
}

std::optional<std::string> percent_decode(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        bool const encoded = text.front() == '%';
        auto const octet = encoded ? encoded_octet(text) : static_cast<unsigned char>(text.front());
        if (encoded && is_control(octet)) return std::nullopt;
        out += static_cast<char>(octet);
        text.remove_prefix(encoded ? 3 : 1);
    }
    return out;
}

std::string percent_encode(std::string_view text)
{
    std::string out;
    append_percent_encoded(out, text);
    return out;
}

void percent_encode(std::string_view text, out_buffer& out)
{
    append_percent_encoded(out, text);
}

}  // namespace jwtgate::http
