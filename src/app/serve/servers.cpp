#include "app/serve/servers.hpp"

#include "api/application.hpp"
#include "api/control/control_application.hpp"
#include "app/metrics/server_figures.hpp"
#include "app/serve/descriptor_limit.hpp"
#include "app/serve/server_terms.hpp"
#include "core/write.hpp"
#include "files/data_directory.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <memory>
#include <string_view>
#include <utility>

namespace jwtgate::app {
namespace {

std::vector<std::string> returning(config::settings const& chosen)
{
    auto origins = chosen.origins;
    origins.insert(origins.end(), chosen.redirect_origins.begin(), chosen.redirect_origins.end());
    return origins;
}

api::site site_of(config::settings const& chosen, core::log const& log, core::clock const& clock)
{
    api::session_cookies const cookies(chosen.cookies);
    api::former_cookies const former(chosen.cookies);
    api::credential_settings const where{
        .locations = chosen.token_locations,
        .access_cookie = cookies.access(),
        .refresh_cookie = cookies.refresh(),
        .token_cookies = former.token_names(),
        .device_cookie = cookies.device(),
        .csrf_protect = chosen.csrf_protect,
    };
    return {
        cookies,
        former,
        api::credentials(where),
        api::trusted_proxies(chosen.trusted_proxies),
        api::allowed_origins(chosen.origins),
        api::return_targets(returning(chosen)),
        log,
        clock,
        core::secure_random(),
        chosen.texts,
        api::rule_set(chosen.rules)};
}

http::server_config control_config(config::settings const& chosen)
{
    http::server_config control;
    control.listen = {"unix:" + files::control_socket(chosen.data_dir).string()};
    control.own_user_only = true;
    control.socket_mode = S_IRUSR | S_IWUSR;
    control.limits.connections = control_connections;
    return control;
}

api::control_hooks hooks_of(key_reload& reload, config::settings const& chosen)
{
    return {
        .follow = [&reload](std::string const& file) { return reload.follow(file); },
        .check = [&chosen](api::command_terms const& terms) { return refusal_of(terms, chosen); },
    };
}

api::worker_domain make_worker_domain(domain& opened, jwt::key_ring& keys, auth::counters& counted)
{
    return {
        .tokens = opened.make_authenticator(keys),
        .service = auth::service(opened.shared(), keys, counted),
        .account = auth::account(opened.shared(), keys),
    };
}

void write_addresses(std::string_view what, std::vector<std::string> const& addresses)
{
    for (auto const& address : addresses)
        core::write_in_time(STDOUT_FILENO, fmt::format("{} {}\n", what, address));
}

}  // namespace

servers::servers(config::settings const& chosen, http::server_config users, core::log const& log)
    : chosen_{chosen},
      log_{log},
      clock_{core::system_clock()},
      site_{site_of(chosen, log, clock_)},
      users_{std::move(users), log},
      control_{control_config(chosen), log},
      metrics_{chosen, log}
{}

void servers::bind()
{
    addresses_ = users_.bind();
    control_.bind();
    metrics_addresses_ = metrics_.bind();
}

void servers::start(domain& opened, jwt::key_ring& keys, key_reload& reload)
{
    control_.start([&] {
        return std::make_unique<api::control_application>(opened.shared(), hooks_of(reload, chosen_), log_);
    });
    users_.start([&] {
        auto& counted = counted_.add();
        auto worker = make_worker_domain(opened, keys, counted.domain);
        return std::make_unique<api::application>(std::move(worker), site_, counted.requests);
    });
    metrics_.start(counted_, make_figures_reader(users_, opened, log_));
}

void servers::announce() const
{
    write_addresses("listening on", addresses_);
    write_addresses("metrics on", metrics_addresses_);
}

core::task<void> servers::roll_call()
{
    co_await users_.roll_call();
    co_await control_.roll_call();
}

void servers::stop() noexcept
{
    users_.stop();
    metrics_.stop();
    control_.stop();
}

void servers::drain()
{
    users_.drain();
    metrics_.stop();
    control_.drain();
}

}  // namespace jwtgate::app
