#include "fuzz/support/require.hpp"
#include "http/cookies.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace jwtgate::fuzz;
using namespace jwtgate::http;

constexpr auto npos = std::string_view::npos;

// A Cookie field a line.
std::vector<field> fields_of(std::string_view text)
{
    std::vector<field> fields{{.name = "X", .value = "a=b"}};
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        fields.push_back({.name = "cOOKIE", .value = line});
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return fields;
}

std::vector<cookie> cookies_of(std::vector<field> const& fields)
{
    std::vector<cookie> all;
    for_each_cookie(fields, [&all](std::string_view name, std::string_view value) {
        all.push_back({.name = name, .value = value});
    });
    return all;
}

bool is_trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t";
    return text.empty() || (blanks.find(text.front()) == npos && blanks.find(text.back()) == npos);
}

void check_parts(std::vector<cookie> const& all, std::string_view input)
{
    for (auto const& [name, value] : all) {
        require(is_within(name, input) && is_within(value, input));
        require(!name.empty() && name.find('=') == npos && name.find(';') == npos);
        require(value.find(';') == npos);
        require(is_trimmed(std::string_view{name.data(), name.size() + 1 + value.size()}));
    }
}

// All cookies in one field are the same cookies.
void check_rejoined(std::vector<cookie> const& all)
{
    std::string line;
    for (auto const& [name, value] : all) line.append(name).append("=").append(value).append("; ");
    auto const again = cookies_of({{.name = "Cookie", .value = line}});
    require(again.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        require(again[i].name == all[i].name && again[i].value == all[i].value);
}

void check_found(std::vector<field> const& fields, std::vector<cookie> const& all, std::string_view wanted)
{
    std::optional<std::string_view> first;
    bool differs = false;
    for (auto const& [name, value] : all) {
        if (name != wanted || value.empty()) continue;
        differs = differs || (first && *first != value);
        if (!first) first = value;
    }
    auto const found = find_cookie(fields, wanted);
    require(found.value == first && found.conflicting == differs);
}

std::string_view behind(std::string_view text, std::string_view start)
{
    require(text.starts_with(start));
    return text.substr(start.size());
}

// As a browser reads it (RFC 6265 section 5.2): the pair ends at the first ';', the name at the first '='.
void check_written(cookie const& one, std::int32_t age, bool is_plain)
{
    set_cookie const written{
        .name = one.name,
        .value = one.value,
        .max_age = std::chrono::seconds{age},
        .domain = is_plain ? "" : "example.org",
        .secure = !is_plain,
        .http_only = !is_plain,
        .same_site = is_plain ? same_site::strict : same_site::none};
    std::string const attributes =
        is_plain ? "; SameSite=Strict" : "; Domain=example.org; Secure; HttpOnly; SameSite=None";

    auto const line = to_field_value(written);
    auto rest = std::string_view{line};
    auto const read = next_cookie(rest);
    require(read && read->name == one.name && read->value == one.value);
    require(rest == " Path=/; Max-Age=" + std::to_string(age) + attributes);

    auto const deletion = to_deletion(written);
    auto const deleted =
        behind(behind(deletion, one.name), "=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    require(deleted == attributes);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size > 512) return 0;  // the time grows with the square
    std::string const input(data, data + size);
    auto const fields = fields_of(input);
    auto const all = cookies_of(fields);
    check_parts(all, input);
    check_rejoined(all);
    check_found(fields, all, "access_token_cookie");
    for (auto const& each : all) {
        check_found(fields, all, each.name);
        check_written(each, static_cast<std::int32_t>(size), each.value.size() % 2 == 0);
    }
    return 0;
}
