#include "app/serve.hpp"

#include "api/application.hpp"
#include "api/control/control_application.hpp"
#include "app/config/combinations.hpp"
#include "app/descriptor_limit.hpp"
#include "app/domain.hpp"
#include "app/files/data_claim.hpp"
#include "app/files/data_directory.hpp"
#include "app/keys/key_check.hpp"
#include "app/keys/key_file.hpp"
#include "app/keys/key_reload.hpp"
#include "app/metrics/metrics_server.hpp"
#include "app/metrics/server_figures.hpp"
#include "app/repeat.hpp"
#include "app/service/service_manager.hpp"
#include "app/signals.hpp"
#include "app/users/server_terms.hpp"
#include "core/write.hpp"
#include "http/server.hpp"
#include <jwtgate/jwt/hmac.hpp>
#include <jwtgate/jwt/key_ring.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace jwtgate::app {
namespace {

namespace asio = boost::asio;

using application_factory = http::server::application_factory;

void listen_on(std::vector<int> const& sockets, http::server_config& server)
{
    if (sockets.empty()) return;
    server.listen.clear();
    for (int const descriptor : sockets) {
        server.inherited.push_back(http::inherit(descriptor));
        server.listen.push_back(server.inherited.back().spec);
    }
}

// A command, or a server that stops, holds them for a moment.
data_claim claim_data(config const& chosen)
{
    constexpr auto patience = std::chrono::seconds{1};
    constexpr auto pause = std::chrono::milliseconds{50};
    auto const deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        auto claimed = data_claim::try_make(chosen, missing_database::may_be_made);
        if (claimed) return std::move(*claimed);
        if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error(claimed.error().line());
        std::this_thread::sleep_for(pause);
    }
}

api::site site_of(config const& chosen, core::log const& log, core::clock const& clock)
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
        log,
        clock};
}

http::server_config control_config(config const& chosen)
{
    http::server_config control;
    control.listen = {"unix:" + control_socket(chosen.data_dir).string()};
    control.own_user_only = true;
    control.socket_mode = S_IRUSR | S_IWUSR;
    control.limits.connections = control_connections;
    return control;
}

api::control_hooks hooks_of(key_reload& reload, config const& chosen)
{
    return {
        .follow = [&reload](std::string const& file) { return reload.follow(file); },
        .check = [&chosen](api::command_terms const& terms) { return refusal_of(terms, chosen); },
    };
}

core::task<void> keep_house(asio::io_context& context, domain& opened)
{
    co_await opened.keep_house();
    co_await wait_for(context, std::chrono::minutes{1});
    opened.give_memory_back();
}

// They run while `here` does, and what they hold outlives that.
void keep_in_order(asio::io_context& here, domain& opened, core::log const& log)
{
    auto const tidy = [&] { return keep_house(here, opened); };
    auto const remember = [&] { return opened.remember_failures(); };
    asio::co_spawn(here, repeat(here, std::chrono::hours{1}, tidy, log), asio::detached);
    asio::co_spawn(here, repeat(here, std::chrono::seconds{1}, remember, log), asio::detached);
}

void reload_keys(key_reload& reload, service_manager& manager)
{
    manager.reloading();
    reload.reload();
    manager.ready();
}

core::task<void> give_sign_of_life(http::server& server, http::server& control, service_manager& manager)
{
    co_await server.roll_call();
    co_await control.roll_call();
    manager.alive();
}

application_factory make_control_applications(
    domain& opened, key_reload& reload, config const& chosen, core::log const& log
)
{
    return [&] {
        return std::make_unique<api::control_application>(opened.shared(), hooks_of(reload, chosen), log);
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

application_factory make_applications(
    domain& opened, jwt::key_ring& keys, api::site const& site, api::metrics_registry& registry
)
{
    return [&] {
        auto& counted = registry.add();
        auto worker = make_worker_domain(opened, keys, counted.domain);
        return std::make_unique<api::application>(std::move(worker), site, counted.requests);
    };
}

void announce(std::string_view what, std::vector<std::string> const& addresses)
{
    for (auto const& address : addresses)
        core::write_in_time(STDOUT_FILENO, fmt::format("{} {}\n", what, address));
}

void warn_of_lowered_connections(http::limits const& wanted, http::limits const& given, core::log const& log)
{
    if (given.connections == wanted.connections) return;
    auto const lowered = std::to_string(given.connections);
    log.warn("max-connections lowered: too few open files are allowed (ulimit -n)", {{"to", lowered}});
}

}  // namespace

void serve(config chosen, handed_over const& handed, core::log const& log)
{
    asio::io_context here{1};
    signals caught(here);
    service_manager manager(handed.notify_socket, log);
    listen_on(handed.sockets, chosen.server);
    if (!jwt::hmac_self_test()) throw std::runtime_error("this OpenSSL computes wrong HMACs");
    auto const server_settings = within_descriptors(chosen, raise_descriptor_limit());
    auto const clock = core::system_clock();
    auto const site = site_of(chosen, log, clock);

    auto claim = claim_data(chosen);
    check_keys(chosen);
    api::metrics_registry registry;
    http::server server(server_settings, log);
    auto const addresses = server.bind();
    http::server control(control_config(chosen), log);
    control.bind();
    metrics_server metrics(chosen, log);
    auto const metrics_addresses = metrics.bind();
    domain opened(chosen, log);  // goes before the servers, whose contexts its threads answer to
    opened.start();
    // The last thing that can fail: another data directory's server may use a new key file at once.
    jwt::key_ring keys(load_or_make_keys(chosen.key_file, core::secure_random(), claim.made()));
    key_reload reload(chosen.key_file, keys, log);
    claim.keep();

    control.start(make_control_applications(opened, reload, chosen, log));
    server.start(make_applications(opened, keys, site, registry));
    metrics.start(registry, make_figures_reader(server, opened, log));
    warn_of_lowered_connections(chosen.server.limits, server_settings.limits, log);
    for (auto const& doubt : doubts_about(chosen)) log.warn(doubt);
    announce("listening on", addresses);
    announce("metrics on", metrics_addresses);
    keep_in_order(here, opened, log);
    auto const prove_life = [&] { return give_sign_of_life(server, control, manager); };
    if (handed.watchdog)
        asio::co_spawn(here, repeat(here, *handed.watchdog / 2, prove_life, log), asio::detached);
    manager.ready();
    caught.wait([&] { reload_keys(reload, manager); });
    manager.stopping();
    log.info("draining");
    server.drain();
    metrics.stop();
    control.drain();
    opened.stop();
}

}  // namespace jwtgate::app
