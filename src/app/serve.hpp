#pragma once

#include "app/config.hpp"
#include "core/log/log.hpp"

namespace jwtgate::app {

/// Runs the server until SIGTERM or SIGINT has drained it. Throws std::runtime_error with one line when it
/// cannot start; nothing has then changed on disk.
void serve(config const& chosen, core::log const& log);

}  // namespace jwtgate::app
