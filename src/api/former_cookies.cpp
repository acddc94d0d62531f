#include "api/former_cookies.hpp"

#include "core/ip_address.hpp"
#include "http/cookies.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace jwtgate::api {
namespace {

constexpr std::string_view host_prefix = "__Host-";
constexpr auto security_prefixes = std::to_array<std::string_view>({"", host_prefix, "__Secure-"});
constexpr std::ptrdiff_t most_dots = 7;

std::string folded(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), http::to_lower);
    return lower;
}

bool is_domain_octet(char c) noexcept
{
    auto const lower = http::to_lower(c);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

// An IP address has no domain above it, and a host of more labels than anybody uses is not worth an answer.
bool has_domains(std::string_view name) noexcept
{
    bool const is_name = std::ranges::all_of(name, is_domain_octet) && !name.starts_with('.') &&
                         !name.ends_with('.') && name.find("..") == std::string_view::npos;
    return is_name && std::ranges::count(name, '.') <= most_dots && !core::ip_address::parse(name);
}

// Empty for this host alone, the configured one, then the host and those above it, but for the last label.
std::vector<std::string> domains_of(std::string_view host, std::string_view configured)
{
    std::vector<std::string> domains{""};
    if (!configured.empty()) domains.push_back(folded(configured));
    auto const name = folded(host.substr(0, host.find(':')));
    if (!has_domains(name)) return domains;
    std::string_view rest = name;
    for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
        if (std::ranges::find(domains, rest) == domains.end()) domains.emplace_back(rest);
        rest.remove_prefix(dot + 1);
    }
    return domains;
}

bool is_ours(shown_cookies const& shown, std::string_view name)
{
    bool is_shown = false;
    bool is_signed = true;
    http::for_each_cookie(shown.fields, [&](std::string_view other, std::string_view value) {
        if (other != name) return;
        is_shown = true;
        is_signed = is_signed && std::ranges::count(shown.signed_values, value) > 0;
    });
    return is_shown && is_signed;
}

}  // namespace

former_cookies::former_cookies(cookie_settings settings) : settings_{std::move(settings)}
{
    auto const now = security_prefix(settings_);
    for (auto const prefix : security_prefixes) {
        auto const start = std::string(prefix).append(settings_.prefix);
        auto const add = [&](session_cookie const& token, session_cookie const& csrf) {
            forms_.push_back({
                .kind = token.kind,
                .token = start + std::string(token.name),
                .csrf = start + std::string(csrf.name),
                .host_only = prefix == host_prefix,
                .current = prefix == now,
            });
        };
        add(access_cookie, csrf_access_cookie);
        add(refresh_cookie, csrf_refresh_cookie);
    }
    std::stable_partition(forms_.begin(), forms_.end(), [](form const& each) { return each.current; });
}

std::vector<std::string> former_cookies::token_names() const
{
    std::vector<std::string> names;
    std::ranges::transform(forms_, std::back_inserter(names), &form::token);
    return names;
}

bool former_cookies::has_several(std::span<http::field const> fields) const noexcept
{
    int access = 0;
    int refresh = 0;
    http::for_each_cookie(fields, [&](std::string_view name, std::string_view /*value*/) {
        auto const found = std::ranges::find(forms_, name, &form::token);
        if (found != forms_.end()) ++(found->kind == token_kind::access ? access : refresh);
    });
    return access > 1 || refresh > 1;
}

void former_cookies::clear(http::response& res, shown_cookies const& shown, token_kinds kinds) const
{
    auto room = shown.room;
    for (auto const& each : forms_) {
        if (std::ranges::count(kinds, each.kind) == 0) continue;
        auto const deletions = deletions_of(each, shown);
        std::size_t size = 0;
        for (auto const& deletion : deletions) size += deletion.size();
        if (size > room) return;
        room -= size;
        for (auto const& deletion : deletions) res.add("Set-Cookie", deletion);
    }
}

std::vector<std::string> former_cookies::deletions_of(form const& which, shown_cookies const& shown) const
{
    auto const now = folded(settings_.domain);
    bool const token_goes = is_ours(shown, which.token);
    bool const csrf_goes = is_ours(shown, which.csrf);
    std::vector<std::string> deletions;
    for (auto const& domain : domains_of(shown.host, settings_.domain)) {
        if ((which.host_only && !domain.empty()) || (which.current && domain == now)) continue;
        if (token_goes) deletions.push_back(deletion_of(which.token, readable::no, domain));
        if (csrf_goes) deletions.push_back(deletion_of(which.csrf, readable::yes, domain));
    }
    return deletions;
}

std::string former_cookies::deletion_of(std::string_view name, readable by_scripts, std::string_view domain)
    const
{
    return http::to_deletion({
        .name = name,
        .value = {},
        .domain = domain,
        .secure = settings_.secure || name.starts_with("__"),
        .http_only = by_scripts == readable::no,
        .same_site = settings_.same_site,
    });
}

}  // namespace jwtgate::api
