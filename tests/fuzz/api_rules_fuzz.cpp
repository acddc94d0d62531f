#include "api/rules/canonical_path.hpp"
#include "api/rules/original_request.hpp"
#include "api/rules/rule_set.hpp"
#include "api/rules/rule_text.hpp"
#include "fuzz/support/require.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace jwtgate::fuzz;
using namespace jwtgate::api;

constexpr auto npos = std::string_view::npos;

// As nginx makes $uri: decoded once, then '/' merged and dots resolved.
std::optional<std::string> normalised(std::string_view path)
{
    std::string decoded;
    for (std::size_t i = 0; i < path.size(); ++i) {
        unsigned octet = 0;
        auto const pair = path.substr(i + 1, 2);
        bool const is_encoded = path[i] == '%';
        if (is_encoded && (pair.size() != 2 ||
                           std::from_chars(pair.data(), pair.data() + 2, octet, 16).ptr != pair.data() + 2))
            return std::nullopt;
        decoded += is_encoded ? static_cast<char>(octet) : path[i];
        if (is_encoded) i += 2;
    }
    std::vector<std::string> segments;
    for (std::size_t at = 1; at <= decoded.size();) {
        auto const segment = decoded.substr(at, std::min(decoded.find('/', at), decoded.size()) - at);
        at += segment.size() + 1;
        bool const is_last = at > decoded.size();
        if (segment == "..") {
            if (segments.empty()) return std::nullopt;
            segments.pop_back();
        } else if (segment != "." && (!segment.empty() || is_last)) {
            segments.push_back(segment);
        }
    }
    std::string out;
    for (auto const& segment : segments) out += "/" + segment;
    return out.empty() ? "/" : out;
}

std::string encoded(std::string_view path)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (char const c : path) {
        auto const octet = static_cast<unsigned char>(c);
        if (c == '/' || c == '.')
            out += c;
        else
            out.append({'%', digits[octet / 16U], digits[octet % 16U]});
    }
    return out;
}

bool is_below(std::string_view path, std::string_view start)
{
    return path == start || path.starts_with(std::string(start) + "/");
}

// What is taken means the same to whoever normalises, cuts off or decodes again, and to us however it is
// spelled.
void check_path(std::string_view sent)
{
    auto const found = canonical_path::read(sent);
    if (!found) return;
    auto const text = found->text();
    require(text.starts_with('/') && text.find("//") == npos);
    require(text.find_first_of("\\;#%?", 0) == npos || sent.find('?') != npos);
    require(std::ranges::none_of(text, [](unsigned char c) { return c < ' ' || c == 0x7f; }));
    require(normalised(sent) == std::string(text));
    auto const again = encoded(text);
    if (text.find('?') != npos) return;
    auto const same = canonical_path::read(again);
    require(same && same->text() == text);
}

void check_url(std::string_view path)
{
    auto const url = "https://App.Example.:8443" + std::string(path);
    auto const found = read_url("GET", url);
    auto const plain = canonical_path::read(path.substr(0, path.find('?')));
    if (!path.starts_with('/')) return;
    require(found.has_value() == plain.has_value());
    if (!found) return;
    require(found->host == "App.Example" && found->path.text() == plain->text());
    auto const rule = parse_rule("app.example/public/* public");
    require((rule.fit(*found) == rule_fit::fits) == is_below(plain->text(), "/public"));
    require(parse_rule("*/* user").fit(*found) == rule_fit::fits);
}

// Whatever is taken for the host ends where every reader of URLs ends it.
void check_host(std::string_view text)
{
    auto const url = std::string(text);
    auto const found = read_url("GET", url);
    if (!found) return;
    require(is_within(found->host, url) && url.find("://") != std::string::npos);
    auto const authority = url.find("://") + 3;
    require(found->host.data() == url.data() + authority);
    require(found->host.find_first_of("/?#@\\%, ") == npos);
}

void check_rule(std::string_view text)
try {
    auto const read = parse_rule(text);
    auto const again = parse_rule(read.text);
    require(again.text == read.text && again.path == read.path && again.host == read.host);
    require(again.methods == read.methods && again.roles == read.roles && again.lets_in == read.lets_in);
    require(read.hides(again) && !read.path.ends_with('/'));

} catch (rule_error const&) {
    return;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const input(data, data + size);
    check_path(input);
    check_url(input);
    check_host(input);
    check_rule(input);
    return 0;
}
