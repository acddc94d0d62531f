#pragma once

#include "http/request.hpp"

#include <cstddef>

namespace jwtgate::http {

/// What a head says, of the request and of how it is framed.
struct request_head {
    http::request request;  ///< without its body
    std::size_t content_length = 0;
    bool transfer_encoded = false;
    bool http_1_0 = false;
    bool keep_alive = false;
    bool expects_continue = false;
};

/// A head may hold no more fields than that.
constexpr std::size_t max_fields = 256;

}  // namespace jwtgate::http
