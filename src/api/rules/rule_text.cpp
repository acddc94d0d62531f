#include "api/rules/rule_text.hpp"

#include "auth/user.hpp"
#include "http/request.hpp"

#include <algorithm>
#include <array>

namespace jwtgate::api {
namespace {

constexpr std::string_view form = "[METHOD,...] HOST/PATH WHO";

// RFC 9110 and 5789, and what WebDAV and caches add.
constexpr auto known_methods =
    std::to_array<std::string_view>({"GET",   "HEAD",    "POST",      "PUT",        "DELETE",
                                     "PATCH", "OPTIONS", "TRACE",     "CONNECT",    "PROPFIND",
                                     "MKCOL", "REPORT",  "PROPPATCH", "MKCALENDAR", "COPY",
                                     "MOVE",  "LOCK",    "UNLOCK",    "SEARCH",     "PURGE"});

[[noreturn]] void fail(std::string const& wrong)
{
    throw rule_error{wrong};
}

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators)
{
    std::vector<std::string_view> parts;
    for (auto rest = text;;) {
        auto const end = std::min(rest.find_first_of(separators), rest.size());
        parts.push_back(rest.substr(0, end));
        if (end == rest.size()) return parts;
        rest.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> words_of(std::string_view text)
{
    auto words = split(text, " \t");
    std::erase(words, std::string_view{});
    return words;
}

std::string joined(std::vector<std::string_view> const& words)
{
    std::string text;
    for (auto const word : words) text.append(text.empty() ? "" : " ").append(word);
    return text;
}

std::vector<std::string> read_methods(std::string_view text)
{
    std::vector<std::string> methods;
    for (auto const word : split(text, ",")) {
        bool const is_known = std::ranges::find(known_methods, word) != known_methods.end();
        if (!is_known) fail(quoted(word) + " is no method such as GET, in capitals");
        if (std::ranges::count(methods, word) > 0) fail(quoted(word) + " stands twice");
        methods.emplace_back(word);
    }
    return methods;
}

std::string read_host(std::string_view text)
{
    if (text == "*") return {};
    if (text.empty()) fail("it names no host; * is any host");
    if (text.find('*') != std::string_view::npos)
        fail(quoted(text) + ": * stands for any host, not for a part of one");
    auto const host = bare_host(text);
    if (host.empty()) fail(quoted(text) + " is no host");
    if (host.size() != text.size())
        fail(quoted(text) + ": a host stands without port, and without a dot at its end");
    std::string folded(host);
    std::ranges::transform(folded, folded.begin(), http::to_lower);
    return folded;
}

void read_path(std::string_view text, rule& into)
{
    into.has_below = text.ends_with("/*");
    auto const path = text.substr(0, text.size() - (into.has_below ? 1 : 0));
    if (path.find('*') != std::string_view::npos)
        fail(quoted(text) + ": * stands only at the end, behind a slash; /x/* is /x and all below it");
    if (path.find('?') != std::string_view::npos) fail(quoted(text) + ": a query is not looked at");
    auto const canonical = canonical_path::read(path);
    if (!canonical) fail(std::string(words_for(canonical.error())));
    into.path = canonical->text();
    if (into.path.ends_with('/')) into.path.pop_back();
}

void read_place(std::string_view text, rule& into)
{
    if (text.find("://") != std::string_view::npos)
        fail(quoted(text) + ": a host stands without http:// or https://");
    auto const slash = text.find('/');
    if (slash == std::string_view::npos)
        fail(quoted(text) + " has no path; " + std::string(text) + "/* is all of it");
    into.host = read_host(text.substr(0, slash));
    read_path(text.substr(slash), into);
}

std::vector<std::string> read_roles(std::string_view text)
{
    std::vector<std::string> roles;
    for (auto const word : split(text, ",")) {
        if (!auth::is_role_name(word))
            fail(quoted(word) + " is no role: 1 to 32 lower-case letters, digits or . _ -");
        roles.emplace_back(word);
    }
    return roles;
}

void read_audience(std::string_view text, rule& into)
{
    constexpr std::string_view role = "role:";
    if (text == "public") {
        into.lets_in = audience::everybody;
    } else if (text == "user") {
        into.lets_in = audience::users;
    } else if (text == "preflight") {
        into.lets_in = audience::preflights;
    } else if (text.starts_with(role)) {
        into.lets_in = audience::roles;
        into.roles = read_roles(text.substr(role.size()));
    } else {
        fail(quoted(text) + " is none of public, user, role:NAME and preflight");
    }
}

}  // namespace

rule parse_rule(std::string_view text)
{
    auto const words = words_of(text);
    if (words.size() < 2 || words.size() > 3) fail("it is not " + std::string(form));
    rule read;
    read.text = joined(words);
    if (words.size() == 3) read.methods = read_methods(words.front());
    read_place(words[words.size() - 2], read);
    read_audience(words.back(), read);
    bool const asks_else = !read.methods.empty() && read.methods != std::vector<std::string>{"OPTIONS"};
    if (read.lets_in == audience::preflights && asks_else) fail("a preflight is OPTIONS and no other method");
    return read;
}

}  // namespace jwtgate::api
