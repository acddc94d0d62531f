#pragma once

#include "api/metrics/metrics_registry.hpp"
#include "api/metrics/server_figures.hpp"

#include <string>

namespace jwtgate::api {

/// All metrics of a server, as README lists them. A route, and a status of it, is there once it was counted.
std::string metrics_text(metrics_registry const& counted, server_figures const& now);

}  // namespace jwtgate::api
