#include "app/serve.hpp"

#include "api/application.hpp"
#include "api/control/control_application.hpp"
#include "app/data_directory.hpp"
#include "app/domain.hpp"
#include "app/key_file.hpp"
#include "http/server.hpp"
#include <jwtgate/jwt/hmac.hpp>
#include <jwtgate/jwt/key_ring.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <sys/resource.h>

#include <csignal>
#include <iostream>
#include <stdexcept>

namespace jwtgate::app {
namespace {

namespace asio = boost::asio;

void allow_many_descriptors()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

// A closed pipe or a full disk is an error of one write, not the end of the program.
void ignore_write_signals()
{
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

directory_lock lock_directory(config const& chosen, new_files& made)
{
    make_data_directory(chosen.data_dir, made);
    auto held = try_lock(chosen.data_dir, made);
    if (!held)
        throw std::runtime_error(
            "data directory " + chosen.data_dir.string() + " is in use by another jwtgate"
        );
    return std::move(*held);
}

api::site site_of(config const& chosen)
{
    api::session_cookies cookies(chosen.cookies);
    api::credential_settings const where{
        .locations = chosen.token_locations,
        .access_cookie = cookies.access(),
        .refresh_cookie = cookies.refresh(),
        .csrf_protect = chosen.csrf_protect,
    };
    return {cookies, api::credentials(where), api::trusted_proxies(chosen.trusted_proxies)};
}

http::server_config control_config(config const& chosen)
{
    http::server_config control;
    control.listen = {"unix:" + control_socket(chosen.data_dir).string()};
    control.own_user_only = true;
    return control;
}

core::task<void> purge_every_hour(asio::io_context& context, domain& opened)
{
    asio::steady_timer timer(context);
    for (;;) {
        co_await opened.purge();
        timer.expires_after(std::chrono::hours{1});
        co_await timer.async_wait(asio::deferred);
    }
}

/// SIGTERM and SIGINT, caught from its making on.
class stop_signal {
public:
    /// Returns when one has come, meanwhile purging sessions. A second one then finds the default action in
    /// place, which ends the process at once.
    void wait(domain& opened)
    {
        signals_.async_wait([this](auto, int) { context_.stop(); });
        asio::co_spawn(context_, purge_every_hour(context_, opened), asio::detached);
        context_.run();
        signals_.clear();
    }

private:
    asio::io_context context_{1};
    asio::signal_set signals_{context_, SIGTERM, SIGINT};
};

}  // namespace

void serve(config const& chosen, core::log const& log)
{
    if (!jwt::hmac_self_test()) throw std::runtime_error("this OpenSSL computes wrong HMACs");
    allow_many_descriptors();
    ignore_write_signals();
    stop_signal stop;
    auto const site = site_of(chosen);

    new_files made;
    auto const held = lock_directory(chosen, made);
    jwt::key_ring const keys(load_or_make_keys(chosen.key_file, core::secure_random(), made));
    http::server server(chosen.server, log);
    auto const addresses = server.bind();
    http::server control(control_config(chosen), log);
    control.bind();
    domain opened(chosen, log);  // goes before the servers, whose contexts its threads answer to
    made.keep();

    control.start([&] {
        return std::make_unique<api::control_application>(auth::user_admin(opened.shared()));
    });
    server.start([&] {
        return std::make_unique<api::application>(auth::service(opened.shared(), keys), site);
    });

    if (!chosen.cookies.secure) log.warn("cookies are sent over plain http too: cookie-secure is false");
    for (auto const& address : addresses) std::cout << "listening on " << address << std::endl;
    stop.wait(opened);
    log.info("draining");
    server.drain();
    control.drain();
}

}  // namespace jwtgate::app
