#pragma once

#include "core/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace jwtgate::http {

struct client_response {
    unsigned status = 0;
    std::string body;
};

/// Sends one `POST target` with a JSON body to the server at the unix socket `path` and waits for the answer,
/// all of it within `timeout` (the error is then `asio::error::timed_out`). Blocks; meant for a command line.
core::result<client_response> post_over_unix(
    std::string const& path, std::string_view target, std::string_view body, std::chrono::milliseconds timeout
);

}  // namespace jwtgate::http
