#pragma once

#include "config/settings.hpp"
#include "http/server.hpp"

#include <cstddef>

namespace jwtgate::app {

/// Connections of the control socket at one time.
inline constexpr std::size_t control_connections = 8;

/// The same of the metrics, where they are served.
inline constexpr std::size_t metrics_connections = 8;

/// Raises the limit of open files as far as it goes, and returns it.
std::size_t raise_descriptor_limit() noexcept;

/// The server of this configuration with no more connections than `descriptors` in all allow when those of
/// the control socket, the metrics, the database and the key file are kept back. Throws std::runtime_error
/// with one line when it could have none.
http::server_config within_descriptors(config::settings const& chosen, std::size_t descriptors);

}  // namespace jwtgate::app
