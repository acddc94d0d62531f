#pragma once

#include "http/server.hpp"

#include <cstddef>

namespace jwtgate::app {

/// Connections of the control socket at one time.
inline constexpr std::size_t control_connections = 8;

/// Raises the limit of open files as far as it goes, and returns it.
std::size_t raise_descriptor_limit() noexcept;

/// The same server with no more connections than `descriptors` in all allow when those of the control socket,
/// the database and the key file are kept back. Throws std::runtime_error with one line when it could have
/// none.
http::server_config within_descriptors(http::server_config server, std::size_t descriptors);

}  // namespace jwtgate::app
