#include "config/combinations.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/system/error_code.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <string_view>

namespace jwtgate::config {
namespace {

using namespace std::chrono_literals;

constexpr auto proxy_idle_timeout = 60s;  // nginx's keepalive_timeout of an upstream

setting const& setting_of(std::string_view option, std::span<setting const> settings)
{
    return *std::ranges::find(settings, option, &setting::option);
}

bool is_default(setting const& chosen)
{
    return chosen.origin == "default";
}

[[noreturn]] void refuse_access_ttl(std::span<setting const> settings)
{
    auto const& access = setting_of("access-ttl", settings);
    auto const& refresh = setting_of("refresh-ttl", settings);
    if (is_default(access))
        throw complaint(
            refresh, refresh.texts.front() + " is shorter than access-ttl, " + access.texts.front()
        );
    throw complaint(access, access.texts.front() + " is longer than refresh-ttl, " + refresh.texts.front());
}

bool is_unix(std::string_view listen)
{
    return listen.starts_with("unix:");
}

/// Whether only this machine reaches it.
bool is_local(std::string_view listen)
{
    if (is_unix(listen)) return true;
    auto host = listen.substr(0, listen.rfind(':'));
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    boost::system::error_code failed;
    return boost::asio::ip::make_address(host, failed).is_loopback();
}

/// Of this machine, to a unix socket.
bool everybody_may_connect(http::server_config const& server)
{
    auto const is_open = [](mode_t mode) { return (mode & S_IWOTH) != 0; };
    if (!server.inherited.empty())
        return std::ranges::any_of(server.inherited, is_open, &http::inherited_socket::mode);
    return is_open(server.socket_mode) && std::ranges::any_of(server.listen, is_unix);
}

void add_doubts_about(auth::login_limits const& limits, std::vector<std::string>& doubts)
{
    if (limits.failures == 0)
        doubts.emplace_back("passwords may be guessed without a limit: login-failures is 0");
    if (limits.failures_address != 0 && limits.failures > limits.failures_address)
        doubts.emplace_back("login-failures is above login-failures-address, which ends all guessing before");
}

void add_doubts_about(
    std::span<api::rule const> rules, bool are_proxies_trusted, std::vector<std::string>& doubts
)
{
    if (!rules.empty() && !are_proxies_trusted)
        doubts.emplace_back("trusted-proxy is none, so the gate refuses all that is asked over TCP: see rule"
        );
    for (auto const& each : rules) {
        bool const is_open = each.lets_in == api::audience::everybody && each.methods.empty();
        if (is_open && each.path.empty() && each.has_below)
            doubts.push_back("rule " + in_quotes(each.text) + " lets everybody in to all of it");
    }
}

}  // namespace

void check_together(settings const& values, std::span<setting const> settings)
{
    if (values.auth.access_ttl > values.auth.refresh_ttl) refuse_access_ttl(settings);
    if (values.auth.refresh_window >= values.auth.access_ttl) {
        auto const& window = setting_of("refresh-window", settings);
        auto const& life = setting_of("access-ttl", settings).texts.front();
        throw complaint(window, window.texts.front() + " is not below access-ttl, " + life);
    }
    if (values.cookies.same_site == http::same_site::none && !values.cookies.secure) {
        throw complaint(
            setting_of("cookie-samesite", settings),
            "None needs cookie-secure true, since browsers drop such a cookie otherwise"
        );
    }
}

std::vector<std::string> doubts_about(settings const& values)
{
    std::vector<std::string> doubts;
    if (!values.cookies.secure)
        doubts.emplace_back("cookies are sent over plain http too: cookie-secure is false");
    for (auto const& address : values.server.listen) {
        if (is_local(address)) continue;
        doubts.push_back(
            "other machines may reach " + address +
            " over plain http: let listen name 127.0.0.1 or a unix socket"
        );
    }
    if (everybody_may_connect(values.server))
        doubts.emplace_back(
            "every user of this machine may connect to a unix socket, and is believed like a proxy: "
            "listen-mode, or SocketMode of a socket unit"
        );
    auto const& limits = values.server.limits;
    if (limits.idle_timeout <= proxy_idle_timeout)
        doubts.emplace_back(
            "idle-timeout is not above the 60 s for which nginx keeps a connection: some requests may meet "
            "its end"
        );
    if (limits.target > limits.header)
        doubts.emplace_back("max-target is above max-header, which a target counts towards");
    add_doubts_about(values.auth.login, doubts);
    add_doubts_about(values.rules, !values.trusted_proxies.empty(), doubts);
    return doubts;
}

}  // namespace jwtgate::config
