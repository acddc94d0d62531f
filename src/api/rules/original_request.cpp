#include "api/rules/original_request.hpp"

#include "http/target.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace jwtgate::api {
namespace {

// What a proxy may say of the original request: a null view where it says nothing.
struct statements {
    std::string_view original_url;
    std::string_view original_method;
    std::string_view forwarded_host;
    std::string_view forwarded_uri;
    std::string_view forwarded_method;
};

struct statement {
    std::string_view name;
    std::string_view statements::*place;
};

constexpr auto names = std::to_array<statement>({
    {"X-Original-URL", &statements::original_url},
    {"X-Original-Method", &statements::original_method},
    {"X-Forwarded-Host", &statements::forwarded_host},
    {"X-Forwarded-Uri", &statements::forwarded_uri},
    {"X-Forwarded-Method", &statements::forwarded_method},
});

bool is_there(std::string_view value) noexcept
{
    return value.data() != nullptr;
}

boost::system::result<statements, unclear> statements_of(http::request const& question) noexcept
{
    statements said;
    for (auto const& field : question.fields) {
        auto const* const named = std::ranges::find_if(names, [&](auto const& each) {
            return http::same_name(each.name, field.name);
        });
        if (named == names.end()) continue;
        auto& value = said.*named->place;
        if (is_there(value)) return unclear::several;
        value = field.value;
    }
    return said;
}

struct place {
    std::string_view host;    // bare
    std::string_view target;  // path and query
};

std::optional<place> split_url(std::string_view url) noexcept
{
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (!http::same_name(url.substr(0, scheme.size()), scheme)) continue;
        auto const rest = url.substr(scheme.size());
        auto const slash = std::min(rest.find('/'), rest.size());
        auto const host = bare_host(rest.substr(0, slash));
        if (host.empty() || slash == rest.size()) return std::nullopt;
        return place{host, rest.substr(slash)};
    }
    return std::nullopt;
}

std::optional<place> place_of(statements const& said) noexcept
{
    if (is_there(said.original_url)) return split_url(said.original_url);
    auto const host = bare_host(said.forwarded_host);
    if (host.empty()) return std::nullopt;
    return place{host, said.forwarded_uri};
}

bool is_complete(statements const& said) noexcept
{
    if (is_there(said.original_url)) return is_there(said.original_method);
    return is_there(said.forwarded_host) && is_there(said.forwarded_uri) && is_there(said.forwarded_method);
}

bool contradict(statements const& said, place const& where, std::string_view method) noexcept
{
    auto const differs = [](std::string_view value, std::string_view chosen) {
        return is_there(value) && value != chosen;
    };
    bool const other_host =
        is_there(said.forwarded_host) && !http::same_name(bare_host(said.forwarded_host), where.host);
    return other_host || differs(said.forwarded_uri, where.target) ||
           differs(said.forwarded_method, method) || differs(said.original_method, method);
}

bool is_preflight(std::string_view method, http::request const& question) noexcept
{
    return method == "OPTIONS" && question.count("Origin") == 1 &&
           question.count("Access-Control-Request-Method") == 1;
}

boost::system::result<original_request, unclear> read(std::string_view method, place const& where)
{
    if (!is_method(method)) return unclear::method;
    auto path = canonical_path::read(where.target.substr(0, where.target.find('?')));
    if (!path) return path.error();
    return original_request{.method = method, .host = where.host, .path = std::move(*path)};
}

}  // namespace

boost::system::result<original_request, unclear> read_original(http::request const& question)
{
    auto const said = statements_of(question);
    if (!said) return said.error();
    if (!is_complete(*said)) return unclear::missing;
    auto const method = is_there(said->original_url) ? said->original_method : said->forwarded_method;
    auto const where = place_of(*said);
    if (!where) return unclear::host;
    if (contradict(*said, *where, method)) return unclear::contradiction;
    auto original = read(method, *where);
    if (original) original->is_preflight = is_preflight(method, question);
    return original;
}

boost::system::result<original_request, unclear> read_url(std::string_view method, std::string_view url)
{
    auto const where = split_url(url);
    if (!where) return unclear::host;
    return read(method, *where);
}

std::string_view bare_host(std::string_view host) noexcept
{
    if (!http::is_host(host)) return {};
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    auto name = host.substr(0, host.find(':'));
    if (name.ends_with('.')) name.remove_suffix(1);
    bool const is_name =
        !name.starts_with('.') && !name.ends_with('.') && name.find("..") == std::string_view::npos;
    return is_name ? name : std::string_view{};
}

bool is_method(std::string_view text) noexcept
{
    constexpr std::string_view octets = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    return !text.empty() && text.find_first_not_of(octets) == std::string_view::npos;
}

}  // namespace jwtgate::api
