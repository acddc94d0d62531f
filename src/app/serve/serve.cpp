#include "app/serve/serve.hpp"

#include "app/domain.hpp"
#include "app/serve/descriptor_limit.hpp"
#include "app/serve/key_reload.hpp"
#include "app/serve/repeat.hpp"
#include "app/serve/servers.hpp"
#include "app/serve/signals.hpp"
#include "app/service/service_manager.hpp"
#include "config/combinations.hpp"
#include "files/data_claim.hpp"
#include "files/key_check.hpp"
#include "files/key_file.hpp"
#include "http/sockets/inherited_socket.hpp"
#include <jwtgate/jwt/hmac.hpp>
#include <jwtgate/jwt/key_ring.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace jwtgate::app {
namespace {

namespace asio = boost::asio;

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
files::data_claim claim_data(config::settings const& chosen)
{
    constexpr auto patience = std::chrono::seconds{1};
    constexpr auto pause = std::chrono::milliseconds{50};
    auto const deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        auto claimed = files::data_claim::try_make(chosen, files::missing_database::may_be_made);
        if (claimed) return std::move(*claimed);
        if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error(claimed.error().line());
        std::this_thread::sleep_for(pause);
    }
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

// Whatever a start that fails half-way has begun stops before what it uses goes.
struct stop_at_the_end {
    servers& running;

    ~stop_at_the_end() { running.stop(); }
};

core::task<void> give_sign_of_life(servers& running, service_manager& manager)
{
    co_await running.roll_call();
    manager.alive();
}

void warn_of_lowered_connections(http::limits const& wanted, http::limits const& given, core::log const& log)
{
    if (given.connections == wanted.connections) return;
    auto const lowered = std::to_string(given.connections);
    log.warn("max-connections lowered: too few open files are allowed (ulimit -n)", {{"to", lowered}});
}

}  // namespace

void serve(config::settings chosen, handed_over const& handed, core::log const& log)
{
    asio::io_context here{1};
    signals caught(here);
    service_manager manager(handed.notify_socket, log);
    listen_on(handed.sockets, chosen.server);
    if (!jwt::hmac_self_test()) throw std::runtime_error("this OpenSSL computes wrong HMACs");
    auto const settings = within_descriptors(chosen, raise_descriptor_limit());

    auto claim = claim_data(chosen);
    files::check_keys(chosen);
    servers running(chosen, settings, log);
    running.bind();
    domain opened(chosen, log);  // goes before the servers, whose contexts its threads answer to
    opened.start();
    // The last thing that can fail: another data directory's server may use a new key file at once.
    jwt::key_ring keys(files::load_or_make_keys(chosen.key_file, core::secure_random(), claim.made()));
    key_reload reload(chosen.key_file, keys, log);
    claim.keep();

    stop_at_the_end const stop{running};
    running.start(opened, keys, reload);
    warn_of_lowered_connections(chosen.server.limits, settings.limits, log);
    for (auto const& doubt : config::doubts_about(chosen)) log.warn(doubt);
    running.announce();
    keep_in_order(here, opened, log);
    auto const prove_life = [&] { return give_sign_of_life(running, manager); };
    if (handed.watchdog)
        asio::co_spawn(here, repeat(here, *handed.watchdog / 2, prove_life, log), asio::detached);
    manager.ready();
    caught.wait([&] { reload_keys(reload, manager); });
    manager.stopping();
    log.info("draining");
    running.drain();
    opened.stop();
}

}  // namespace jwtgate::app
