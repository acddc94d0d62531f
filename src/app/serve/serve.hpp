#pragma once

#include "app/service/handed_over.hpp"
#include "config/settings.hpp"
#include "core/log/log.hpp"

namespace jwtgate::app {

/// Runs the server until SIGTERM or SIGINT has drained it; sockets that were handed over stand in the place
/// of `listen`. Throws std::runtime_error with one line when it cannot start; nothing has then changed on
/// disk.
void serve(config::settings chosen, handed_over const& handed, core::log const& log);

}  // namespace jwtgate::app
