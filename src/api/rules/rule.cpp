#include "api/rules/rule.hpp"

#include "http/request.hpp"

#include <algorithm>

namespace jwtgate::api {
namespace {

std::string_view without_end_slash(std::string_view path) noexcept
{
    if (path.ends_with('/')) path.remove_suffix(1);
    return path;
}

bool is_same(char a, char b) noexcept
{
    return a == b;
}

bool is_same_letter(char a, char b) noexcept
{
    return http::to_lower(a) == http::to_lower(b);
}

// Whether `path`, which has no slash at its end, is that of the rule.
bool is_path_of(rule const& of, std::string_view path, bool (*same)(char, char) noexcept) noexcept
{
    if (!std::ranges::equal(path.substr(0, of.path.size()), of.path, same)) return false;
    auto const below = path.substr(of.path.size());
    return below.empty() || (of.has_below && below.front() == '/');
}

bool contains(std::vector<std::string> const& words, std::string_view word) noexcept
{
    return std::ranges::find(words, word) != words.end();
}

bool has_method(rule const& of, std::string_view method) noexcept
{
    return of.methods.empty() || contains(of.methods, method);
}

bool hides_methods(rule const& first, rule const& later) noexcept
{
    if (later.lets_in == audience::preflights)
        return first.lets_in == audience::preflights || has_method(first, "OPTIONS");
    if (first.lets_in == audience::preflights) return false;
    if (later.methods.empty()) return first.methods.empty();
    return std::ranges::all_of(later.methods, [&](auto const& method) { return has_method(first, method); });
}

}  // namespace

rule_fit rule::fit(original_request const& asked) const noexcept
{
    if (!host.empty() && !http::same_name(host, asked.host)) return rule_fit::other_host;
    if (!has_method(*this, asked.method)) return rule_fit::other_method;
    if (lets_in == audience::preflights && !asked.is_preflight) return rule_fit::no_preflight;
    auto const wanted = without_end_slash(asked.path.text());
    if (is_path_of(*this, wanted, is_same)) return rule_fit::fits;
    return is_path_of(*this, wanted, is_same_letter) ? rule_fit::other_letter_case : rule_fit::other_path;
}

bool rule::hides(rule const& later) const noexcept
{
    bool const hides_host = host.empty() || host == later.host;
    bool const hides_below = has_below || !later.has_below;
    return hides_host && hides_below && hides_methods(*this, later) &&
           is_path_of(*this, later.path, is_same_letter);
}

}  // namespace jwtgate::api
