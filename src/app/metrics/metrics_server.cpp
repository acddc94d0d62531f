#include "app/metrics/metrics_server.hpp"

#include "app/serve/descriptor_limit.hpp"

#include <memory>

namespace jwtgate::app {
namespace {

http::server_config settings_of(config::settings const& chosen)
{
    auto settings = chosen.server;
    settings.listen = chosen.metrics_listen;
    settings.inherited.clear();
    settings.threads = 1;
    settings.limits.connections = metrics_connections;
    return settings;
}

}  // namespace

metrics_server::metrics_server(config::settings const& chosen, core::log const& log)
{
    if (!chosen.metrics_listen.empty()) server_.emplace(settings_of(chosen), log);
}

std::vector<std::string> metrics_server::bind()
{
    return server_ ? server_->bind() : std::vector<std::string>{};
}

void metrics_server::start(api::metrics_registry const& counted, api::figures_reader const& read)
{
    if (!server_) return;
    server_->start([&] { return std::make_unique<api::metrics_application>(counted, read); });
}

}  // namespace jwtgate::app
