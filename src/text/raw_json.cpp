#include "text/raw_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace jwtgate::text {
namespace {

namespace json = boost::json;

constexpr std::string_view white_space = " \t\r\n";

std::string_view trim(std::string_view text) noexcept
{
    auto const begin = std::min(text.find_first_not_of(white_space), text.size());
    return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

/// How far the string at the beginning of the text goes, both quotes included.
std::size_t string_size(std::string_view text) noexcept
{
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text.size());
}

/// Where this character stands outside of strings, arrays and objects; the size when it does not.
std::size_t find_outside(std::string_view text, char wanted) noexcept
{
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (c == wanted && depth == 0) return at;
        if (c == '"') at += string_size(text.substr(at)) - 1;
        if (c == '[' || c == '{') ++depth;
        if (c == ']' || c == '}') --depth;
    }
    return text.size();
}

}  // namespace

bool is_json(std::string_view text)
{
    json::error_code failed;
    json::parse(text, failed);
    return !failed;
}

bool is_json_object(std::string_view text)
{
    return is_json(text) && trim(text).starts_with('{');
}

std::vector<std::string_view> items_of(std::string_view text)
{
    auto const outside = trim(text);
    std::vector<std::string_view> items;
    for (auto rest = trim(outside.substr(1, outside.size() - 2)); !rest.empty();) {
        auto const end = find_outside(rest, ',');
        items.push_back(trim(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return items;
}

std::vector<raw_member> members_of(std::string_view object)
{
    std::vector<raw_member> members;
    for (auto const item : items_of(object)) {
        auto const colon = find_outside(item, ':');
        members.push_back({string_of(trim(item.substr(0, colon))), trim(item.substr(colon + 1))});
    }
    return members;
}

std::string string_of(std::string_view text)
{
    return std::string(json::parse(text).as_string());
}

std::string compact(std::string_view text)
{
    std::string out;
    for (auto rest = trim(text); !rest.empty(); rest = trim(rest)) {
        auto const size = rest.front() == '"' ? string_size(rest) : 1;
        out.append(rest.substr(0, size));
        rest.remove_prefix(size);
    }
    return out;
}

}  // namespace jwtgate::text
