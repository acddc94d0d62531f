#include "http/server.hpp"

#include "http/listener.hpp"
#include "http/worker.hpp"

#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace jwtgate::http {
namespace {

std::vector<listener::options> listeners_of(server_config const& config)
{
    std::vector<listener::options> wanted;
    for (auto const& [descriptor, spec, mode] : config.inherited)
        wanted.push_back({.where = {.spec = spec, .descriptor = descriptor}});
    if (!wanted.empty()) return wanted;
    for (auto const& spec : config.listen)
        wanted.push_back(
            {.where = {.spec = spec, .descriptor = {}, .mode = config.socket_mode},
             .own_user_only = config.own_user_only}
        );
    return wanted;
}

}  // namespace

struct server::impl {
    server_config config;
    core::log const& log;
    worker_list workers;
    std::vector<std::unique_ptr<listener>> listeners;
};

server::server(server_config config, core::log const& log)
    : impl_{new impl{.config = std::move(config), .log = log, .workers = {}, .listeners = {}}}
{
    auto const threads = std::max<std::size_t>(impl_->config.threads, 1);
    for (std::size_t i = 0; i < threads; ++i) {
        impl_->workers.push_back(std::make_unique<worker>(impl_->config.limits, log));
    }
}

server::~server()
{
    stop();
}

// No worker may go before all of them stand still: they hand connections to each other.
void server::stop() noexcept
{
    for (auto const& each : impl_->listeners) each->stop();
    for (auto const& each : impl_->workers) each->stop();
}

std::vector<std::string> server::bind()
{
    std::vector<std::unique_ptr<listener>> bound;
    std::vector<std::string> names;
    for (auto const& wanted : listeners_of(impl_->config)) {
        bound.push_back(std::make_unique<listener>(wanted, impl_->workers, impl_->log));
        names.push_back(bound.back()->name());
    }
    impl_->listeners = std::move(bound);
    return names;
}

void server::start(application_factory const& make)
{
    std::vector<std::unique_ptr<application>> served;
    for (std::size_t i = 0; i < impl_->workers.size(); ++i) served.push_back(make());
    for (std::size_t i = 0; i < impl_->workers.size(); ++i) impl_->workers[i]->start(std::move(served[i]));
    for (auto const& each : impl_->listeners) each->start();
}

std::size_t server::connections() const noexcept
{
    std::size_t sum = 0;
    for (auto const& each : impl_->workers) sum += each->connections();
    return sum;
}

core::task<void> server::roll_call()
{
    for (auto const& each : impl_->workers)
        co_await boost::asio::post(each->executor(), boost::asio::deferred);
}

void server::drain()
{
    auto const end = std::chrono::steady_clock::now() + impl_->config.limits.drain_timeout;
    for (auto const& each : impl_->workers) each->drain();
    for (auto const& each : impl_->listeners) each->stop();
    for (auto const& each : impl_->workers) each->await_drained(end);
    for (auto const& each : impl_->workers) each->stop();
}

}  // namespace jwtgate::http
