#include "config/options.hpp"

#include "config/address_values.hpp"
#include "config/rule_values.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace jwtgate::config {
namespace {

using enum option_scope;

constexpr std::string_view longest_life = "3650d";
constexpr std::string_view longest_wait = "1d";

constexpr std::array<choice<http::same_site>, 3> same_site_words{{
    {"Lax", http::same_site::lax},
    {"Strict", http::same_site::strict},
    {"None", http::same_site::none},
}};

constexpr std::array<choice<api::token_location>, 2> location_words{{
    {"cookies", api::token_location::cookies},
    {"headers", api::token_location::headers},
}};

constexpr std::array<choice<core::log_level>, 5> level_words{{
    {"debug", core::log_level::debug},
    {"info", core::log_level::info},
    {"warn", core::log_level::warn},
    {"error", core::log_level::error},
    {"off", core::log_level::off},
}};

constexpr std::array<choice<core::log_format>, 2> format_words{{
    {"text", core::log_format::text},
    {"json", core::log_format::json},
}};

std::vector<api::token_location> token_locations(setting const& from)
{
    std::vector<api::token_location> found;
    for (auto const& text : list_of(from)) {
        auto const location = one_of<api::token_location>({from.option, {text}, from.origin}, location_words);
        if (std::ranges::count(found, location) > 0) throw complaint(from, in_quotes(text) + " stands twice");
        found.push_back(location);
    }
    return found;
}

std::chrono::milliseconds time_limit(setting const& from)
{
    return duration_between(from, "1ms", longest_wait);
}

std::uint32_t count32(setting const& from, std::uint32_t least, std::uint32_t most)
{
    return static_cast<std::uint32_t>(count_between(from, least, most));
}

// One option a row, in the order of --help; <data-dir> may stand in a default behind that option only.
// clang-format off
constexpr auto table = std::to_array<option>({
    {"listen", server, "Server", "ADDRESS", "127.0.0.1:8080",
     "Where to listen: address:port, [ipv6]:port or unix:PATH; may be given several times; port 0 picks one; sockets that "
     "systemd hands over (LISTEN_FDS) stand in its place",
     [](settings& c, setting const& s) { c.server.listen = listen_addresses(s); }},
    {"listen-mode", server, "Server", "MODE", "0660",
     "Mode of the unix sockets that listen and metrics-listen name: whom it lets write may connect",
     [](settings& c, setting const& s) { c.server.socket_mode = socket_mode(s); }},
    {"metrics-listen", server, "Server", "ADDRESS", "none",
     "Where to serve GET /metrics for Prometheus: an address as for listen, which anybody who reaches it may ask, or none; may be given several times",
     [](settings& c, setting const& s) { c.metrics_listen = listen_addresses_or_none(s); }},
    {"threads", server, "Server", "NUMBER", "<cores>", "Threads that serve connections",
     [](settings& c, setting const& s) { c.server.threads = count_between(s, 1, 1024); }},
    {"trusted-proxy", server, "Server", "ADDRESS", "127.0.0.1,::1",
     "Proxies whose X-Forwarded-For and X-Forwarded-Host are believed: addresses, networks such as 10.0.0.0/8, or none; may be given several times",
     [](settings& c, setting const& s) { c.trusted_proxies = networks(s); }},
    {"drain-timeout", server, "Server", "TIME", "10s",
     "How long a server that was told to stop goes on with requests that have begun",
     [](settings& c, setting const& s) { c.server.limits.drain_timeout = time_limit(s); }},

    {"data-dir", every_command, "Data", "DIR", "./jwtgate-data",
     "Directory of the database and the key file, made when missing; $STATE_DIRECTORY is the default where it is set",
     [](settings& c, setting const& s) { c.data_dir = file_path(s); }},
    {"database", users, "Data", "URL", "sqlite:<data-dir>/jwtgate.db",
     "Where users and sessions are kept: sqlite:PATH",
     [](settings& c, setting const& s) { c.database = sqlite_file(s); }},
    {"key-file", every_command, "Data", "FILE", "<data-dir>/keys.json",
     "Keys that sign the tokens, a JWK Set; serve and key add make a missing one with a random key",
     [](settings& c, setting const& s) { c.key_file = file_path(s); }},

    {"issuer", tokens, "Tokens", "TEXT", "", "Put into new tokens as iss, and required of every token; empty: none",
     [](settings& c, setting const& s) { c.auth.issuer = identifier(s); }},
    {"audience", tokens, "Tokens", "TEXT", "", "Put into new tokens as aud, and required of every token; empty: none",
     [](settings& c, setting const& s) { c.auth.audience = identifier(s); }},
    {"access-ttl", new_tokens, "Tokens", "TIME", "1h", "How long an access token lives",
     [](settings& c, setting const& s) { c.auth.access_ttl = seconds_between(s, "1s", longest_life); }},
    {"refresh-ttl", server, "Tokens", "TIME", "30d",
     "How long a refresh token lives, and so a session that is not used",
     [](settings& c, setting const& s) { c.auth.refresh_ttl = seconds_between(s, "1s", longest_life); }},
    {"session-max-age", server, "Tokens", "TIME", "90d", "When a session ends, however much it is used",
     [](settings& c, setting const& s) { c.auth.session_max_age = seconds_between(s, "1s", longest_life); }},
    {"max-sessions", server, "Tokens", "NUMBER", "100",
     "Live sessions of one user; a login beyond it ends the one not used for longest",
     [](settings& c, setting const& s) { c.auth.max_sessions = count_between(s, 1, 100'000); }},
    {"refresh-window", server, "Tokens", "TIME", "30m",
     "An access cookie with less than this left is renewed by the next answer (implicit refresh); half of access-ttl "
     "where that is less; 0 turns it off",
     [](settings& c, setting const& s) { c.auth.refresh_window = seconds_between(s, "0s", longest_life); }},
    {"implicit-refresh-max", server, "Tokens", "TIME", "24h",
     "How long after a login or an explicit refresh implicit refresh may go on",
     [](settings& c, setting const& s) { c.auth.implicit_refresh_max = seconds_between(s, "1s", longest_life); }},
    {"refresh-grace", server, "Tokens", "TIME", "30s",
     "How long a refresh token that was used still yields the same successor: to another tab, or after a lost answer",
     [](settings& c, setting const& s) { c.auth.refresh_grace = seconds_between(s, "0s", "10m"); }},
    {"leeway", tokens, "Tokens", "TIME", "0s",
     "By how much the clocks of several servers may differ; at most 5s",
     [](settings& c, setting const& s) { c.auth.leeway = seconds_between(s, "0s", "5s"); }},
    {"token-location", server, "Tokens", "PLACES", "cookies,headers",
     "Where a request's token is looked for, in this order",
     [](settings& c, setting const& s) { c.token_locations = token_locations(s); }},

    {"cookie-secure", server, "Cookies", "BOOL", "true",
     "Cookies for https only; false is for plain http on a developer's machine",
     [](settings& c, setting const& s) { c.cookies.secure = boolean(s); }},
    {"cookie-domain", server, "Cookies", "DOMAIN", "",
     "Domain that the cookies hold for, its subdomains included; empty: this host alone",
     [](settings& c, setting const& s) { c.cookies.domain = domain_name(s); }},
    {"cookie-samesite", server, "Cookies", "WORD", "Lax", "SameSite of the cookies: Lax, Strict or None",
     [](settings& c, setting const& s) { c.cookies.same_site = one_of<http::same_site>(s, same_site_words); }},
    {"cookie-prefix", server, "Cookies", "TEXT", "",
     "Put before the name of each cookie, so that two of these servers can share a host name",
     [](settings& c, setting const& s) { c.cookies.prefix = cookie_prefix(s); }},
    {"csrf-protect", server, "Cookies", "BOOL", "true",
     "Demand the CSRF value in X-CSRF-TOKEN for unsafe methods when the token came in a cookie",
     [](settings& c, setting const& s) { c.csrf_protect = boolean(s); }},

    {"origin", server, "Other sites", "ORIGIN", "none",
     "Origins of other sites, such as https://app.example, whose pages may send unsafe requests and read answers (CORS); "
     "may be given several times",
     [](settings& c, setting const& s) { c.origins = origins(s); }},

    {"redirect-origin", server, "Other sites", "ORIGIN", "none",
     "Origins that the page may lead back to after a login, beside its own and those of origin; may be given several times",
     [](settings& c, setting const& s) { c.redirect_origins = origins(s); }},

    {"site-name", server, "Page", "TEXT", "", "What the page calls this site; empty: the host that the browser asked for",
     [](settings& c, setting const& s) { c.texts.site_name = line_of_text(s); }},
    {"contact", server, "Page", "TEXT", "", "Whom the page says to ask about a lost password; empty: nobody",
     [](settings& c, setting const& s) { c.texts.contact = line_of_text(s); }},
    {"rule", server, "The gate", "RULE", "none",
     "Whom the gate lets in to what: \"[METHOD,...] HOST/PATH public|user|role:NAME,...|preflight\", several with ; between them; the first "
     "that fits decides, else nobody; none: every user everywhere; may be given several times",
     [](settings& c, setting const& s) { c.rules = rules(s); }},

    {"password-min-length", users, "Passwords", "NUMBER", "8",
     "Least number of characters of a new password, up to 128",
     [](settings& c, setting const& s) { c.auth.password_min_length = count_between(s, 1, 128); }},
    {"argon2-memory", users, "Passwords", "SIZE", "19MiB",
     "Memory that hashing one password takes (Argon2id)",
     [](settings& c, setting const& s) { c.passwords.cost.memory = size_between(s, "8KiB", "256MiB"); }},
    {"argon2-passes", users, "Passwords", "NUMBER", "2", "Passes over that memory",
     [](settings& c, setting const& s) { c.passwords.cost.passes = static_cast<unsigned>(count_between(s, 1, 16)); }},
    {"password-pool", users, "Passwords", "NUMBER", "<cores>",
     "Threads that hash passwords, at lower priority than those that serve connections",
     [](settings& c, setting const& s) { c.passwords.threads = count_between(s, 1, 256); }},

    {"login-failures", server, "Logins", "NUMBER", "10",
     "Failed logins of one user from one address within login-window before more are refused (429); 0: no limit",
     [](settings& c, setting const& s) { c.auth.login.failures = count32(s, 0, 10'000); }},
    {"login-window", server, "Logins", "TIME", "15m", "How long a failed login counts",
     [](settings& c, setting const& s) { c.auth.login.window = seconds_between(s, "1s", "1d"); }},
    {"login-failures-address", server, "Logins", "NUMBER", "100",
     "Failed logins from one address (IPv6: /64) within login-window, over all users; 0: no limit",
     [](settings& c, setting const& s) { c.auth.login.failures_address = count32(s, 0, 1'000'000); }},

    {"header-timeout", server, "Limits", "TIME", "10s",
     "From the first byte of a request to the end of its header; also how long a new connection may be silent",
     [](settings& c, setting const& s) { c.server.limits.header_timeout = time_limit(s); }},
    {"body-timeout", server, "Limits", "TIME", "10s", "From there to the end of its body",
     [](settings& c, setting const& s) { c.server.limits.body_timeout = time_limit(s); }},
    {"write-timeout", server, "Limits", "TIME", "10s", "How long a client may take to read an answer",
     [](settings& c, setting const& s) { c.server.limits.write_timeout = time_limit(s); }},
    {"idle-timeout", server, "Limits", "TIME", "75s",
     "How long a connection may wait for its next request; keep it longer than the proxy in front does",
     [](settings& c, setting const& s) { c.server.limits.idle_timeout = time_limit(s); }},
    {"max-header", server, "Limits", "SIZE", "40KiB",
     "Largest header of a request, which may have 256 fields; nginx lets 32KiB through",
     [](settings& c, setting const& s) { c.server.limits.header = size_between(s, "256", "1MiB"); }},
    {"max-target", server, "Limits", "SIZE", "8KiB", "Longest target (path and query) of a request",
     [](settings& c, setting const& s) { c.server.limits.target = size_between(s, "16", "1MiB"); }},
    {"max-body", server, "Limits", "SIZE", "16KiB", "Largest body of a request",
     [](settings& c, setting const& s) { c.server.limits.body = size_between(s, "16", "16MiB"); }},
    {"max-connections", server, "Limits", "NUMBER", "10000",
     "Connections of one thread; beyond it the one that is idle longest between requests is closed for a new one",
     [](settings& c, setting const& s) { c.server.limits.connections = count_between(s, 1, 1'000'000); }},

    {"log-level", every_command, "Log", "LEVEL", "info",
     "Least severe events to log: debug, info, warn, error or off",
     [](settings& c, setting const& s) { c.log_level = one_of<core::log_level>(s, level_words); }},
    {"log-format", every_command, "Log", "FORMAT", "text", "How they are written to stderr: text or json",
     [](settings& c, setting const& s) { c.log_format = one_of<core::log_format>(s, format_words); }},
});
// clang-format on

}  // namespace

std::span<option const> options() noexcept
{
    return table;
}

option const* find_option(std::string_view name) noexcept
{
    auto const found = std::ranges::find(table, name, &option::name);
    return found == table.end() ? nullptr : found;
}

std::string variable_name(std::string_view option_name)
{
    std::string name{"JWTGATE_"};
    for (char const c : option_name) {
        name.push_back(c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
    }
    return name;
}

}  // namespace jwtgate::config
