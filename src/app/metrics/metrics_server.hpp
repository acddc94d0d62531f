#pragma once

#include "api/metrics/metrics_application.hpp"
#include "config/settings.hpp"
#include "core/log/log.hpp"
#include "http/server.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jwtgate::app {

/// Serves the metrics on one thread, where metrics-listen names an address; else it is nothing.
class metrics_server {
public:
    /// The log outlives it.
    metrics_server(config::settings const& chosen, core::log const& log);

    /// As http::server::bind.
    std::vector<std::string> bind();

    /// What it reads outlives it, or its stop. Once, when all workers have their counters.
    void start(api::metrics_registry const& counted, api::figures_reader const& read);

    /// Ends it at once: nobody waits for a scrape. Nothing is read any more when it returns.
    void stop() noexcept { server_.reset(); }

private:
    std::optional<http::server> server_;
};

}  // namespace jwtgate::app
