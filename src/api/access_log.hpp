#pragma once

#include "core/log/log.hpp"
#include "http/request.hpp"

#include <chrono>
#include <string_view>

namespace jwtgate::api {

/// What became of a request.
struct access {
    http::request const& request;
    std::string_view address;  ///< of the client
    std::string_view route;    ///< its label
    unsigned status;
    std::chrono::nanoseconds took;
};

/// One line at level debug. Of the path it has the first segment and of the rest of the target nothing: the
/// gate is asked for paths of other programs, and a query is where secrets are put.
void log_access(core::log const& log, access const& what);

/// The same of what the server refused: of that nothing else is known. The address is that of the socket.
void log_refused(
    core::log const& log, std::string_view address, std::string_view route, unsigned status
) noexcept;

}  // namespace jwtgate::api
