#include "http/parser/plain_head.hpp"

#include "http/parser/control_octets.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <array>

namespace jwtgate::http {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view version_and_end = " HTTP/1.1\r\n";

// RFC 9110 section 5.6.2: tchar.
constexpr auto token_octets = [] {
    std::array<bool, 256> is_token{};
    for (char c = '0'; c <= '9'; ++c) is_token[static_cast<unsigned char>(c)] = true;
    for (char c = 'a'; c <= 'z'; ++c) is_token[static_cast<unsigned char>(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c) is_token[static_cast<unsigned char>(c)] = true;
    for (char const c : std::string_view("!#$%&'*+-.^_`|~")) is_token[static_cast<unsigned char>(c)] = true;
    return is_token;
}();

bool is_token_octet(char c) noexcept
{
    return token_octets[static_cast<unsigned char>(c)];
}

bool is_blank(char c) noexcept
{
    return c == ' ' || c == '\t';
}

std::string_view take(std::string_view& text, std::size_t count) noexcept
{
    auto const taken = text.substr(0, count);
    text.remove_prefix(count);
    return taken;
}

// Empty when none stands at the front.
std::string_view take_token(std::string_view& text) noexcept
{
    auto const* const end = std::ranges::find_if_not(text, is_token_octet);
    return take(text, static_cast<std::size_t>(end - text.begin()));
}

// Without the blanks around it, and up to its line's end, or to what has no business in it.
std::string_view take_value(std::string_view& text) noexcept
{
    auto const* const begin = std::ranges::find_if_not(text, is_blank);
    text.remove_prefix(static_cast<std::size_t>(begin - text.begin()));
    auto value = take(text, find_control(text));
    while (!value.empty() && is_blank(value.back())) value.remove_suffix(1);
    return value;
}

bool takes(std::string_view& text, std::string_view expected) noexcept
{
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

// Of the message or the connection: these decide where the next request begins, and whether there is one.
bool frames(std::string_view name) noexcept
{
    switch (name.size()) {
        case 6:
            return same_name(name, "Expect");
        case 10:
            return same_name(name, "Connection");
        case 14:
            return same_name(name, "Content-Length");
        case 16:  // of no effect, but Beast reads it
            return same_name(name, "Proxy-Connection");
        case 17:
            return same_name(name, "Transfer-Encoding");
        default:
            return false;
    }
}

bool take_request_line(std::string_view& text, std::size_t longest_target, request& out) noexcept
{
    out.method = take_token(text);
    if (out.method.empty() || !takes(text, " ")) return false;
    auto const size = text.find(' ');
    if (size > longest_target) return false;
    auto const target = split_target(take(text, size));
    if (!target || !target->host.empty() || !takes(text, version_and_end)) return false;
    out.path = target->path;
    out.query = target->query;
    return true;
}

bool take_field(std::string_view& text, field& out) noexcept
{
    out.name = take_token(text);
    if (out.name.empty() || !takes(text, ":")) return false;
    out.value = take_value(text);
    return takes(text, line_end);
}

}  // namespace

std::size_t read_plain_head(
    std::string_view bytes, limits const& limits, request_head& out, std::vector<field>& fields
)
{
    auto text = bytes.substr(0, limits.header);
    auto const longest = text.size();
    out = {.keep_alive = true};
    fields.clear();
    if (!take_request_line(text, limits.target, out.request)) return 0;
    std::size_t hosts = 0;
    while (!takes(text, line_end)) {
        field found;
        if (fields.size() == max_fields || !take_field(text, found) || frames(found.name)) return 0;
        if (same_name(found.name, "Host")) hosts += is_host(found.value) ? 1 : 2;
        fields.push_back(found);
    }
    if (hosts != 1) return 0;
    out.request.fields = fields;
    return longest - text.size();
}

}  // namespace jwtgate::http
