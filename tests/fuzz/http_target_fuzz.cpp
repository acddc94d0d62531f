#include "fuzz/support/require.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace jwtgate::fuzz;
using namespace jwtgate::http;

constexpr auto npos = std::string_view::npos;
constexpr std::string_view digits = "0123456789ABCDEFabcdef";
constexpr std::string_view safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@+-";

bool is_target_octet(char c)
{
    return c > ' ' && c < 0x7f && c != '#';
}

void check_same(std::string const& text, target const& expected)
{
    auto const found = split_target(text);
    require(found && found->path == expected.path && found->query == expected.query);
}

// The parts have the same meaning in the other form, and hold nothing that would give them one of their own.
void check_target(std::string_view text)
{
    auto const found = split_target(text);
    if (!found) return;
    auto const& [path, query, host] = *found;
    require(path.starts_with('/') && path.find('?') == npos);
    require(path == "/" || is_within(path, text));
    require(query.empty() || is_within(query, text));
    require(
        host.empty() == text.starts_with('/') && (host.empty() || (is_host(host) && is_within(host, text)))
    );
    require(std::ranges::all_of(path, is_target_octet) && std::ranges::all_of(query, is_target_octet));
    auto const joined = std::string{path}.append("?").append(query);
    check_same(joined, *found);
    check_same("http://[::1]:80" + joined, *found);
    if (text.starts_with('/')) require(text == joined || std::string{text} + "?" == joined);
}

// A host makes a target of absolute form, and what is none does not.
void check_host(std::string_view text)
{
    bool const cuts = text.find_first_of("/?#") != npos;
    if (cuts) return require(!is_host(text));
    auto const absolute = "https://" + std::string{text} + "/x?y";
    auto const found = split_target(absolute);
    require(found.has_value() == is_host(text));
    if (found) require(found->path == "/x" && found->query == "y");
}

// Joined again, they are the query without its empty parts.
void check_parameters(std::string_view query)
{
    std::string joined;
    for (auto rest = query; auto const found = next_parameter(rest);) {
        auto const& [name, value] = *found;
        require(is_within(name, query) && is_within(value, query));
        require(name.find_first_of("=&") == npos && value.find('&') == npos);
        bool const has_equals = name.data() + name.size() != value.data();
        joined.append("&").append(name).append(has_equals ? "=" : "").append(value);
    }
    std::string expected;
    for (auto rest = query; !rest.empty();) {
        auto const part = rest.substr(0, rest.find('&'));
        if (!part.empty()) expected.append("&").append(part);
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    }
    require(joined == expected);
}

// Another implementation, octet by octet.
std::optional<std::string> decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        auto const pair = text.substr(i + 1, 2);
        if (pair.size() != 2 || pair.find_first_not_of(digits) != npos) return std::nullopt;
        unsigned octet = 0;
        std::from_chars(pair.data(), pair.data() + 2, octet, 16);
        if (octet < ' ' || octet == 0x7f) return std::nullopt;
        out += static_cast<char>(octet);
        i += 2;
    }
    return out;
}

void check_encoding(std::string_view text)
{
    require(percent_decode(text) == decoded(text));
    auto const encoded = percent_encode(text);
    require(encoded.find_first_not_of(std::string{safe} + "%") == npos);
    auto const back = percent_decode(encoded);
    bool const has_control = std::ranges::any_of(text, [](unsigned char c) { return c < ' ' || c == 0x7f; });
    require(back.has_value() != has_control);
    if (back) require(*back == text);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const input(data, data + size);
    check_target(input);
    check_host(input);
    check_parameters(input);
    check_encoding(input);
    return 0;
}
