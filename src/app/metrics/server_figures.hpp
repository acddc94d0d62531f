#pragma once

#include "api/metrics/metrics_application.hpp"
#include "app/domain.hpp"
#include "core/log/log.hpp"
#include "http/server.hpp"

namespace jwtgate::app {

/// Reads how these stand, and this process, whose start is the time of this call. They outlive what is
/// returned. What /proc does not tell is 0.
api::figures_reader make_figures_reader(
    http::server const& server, domain const& opened, core::log const& log
);

}  // namespace jwtgate::app
