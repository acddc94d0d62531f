#pragma once

#include "http/request.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace jwtgate::test {

/// A request with its fields, for what takes one without a connection. Neither copied nor moved: it points to
/// itself.
struct request : http::request {
    request(std::string_view verb, std::string_view where, std::vector<http::field> given = {})
        : own{std::move(given)}
    {
        method = verb;
        path = where;
        fields = own;
        peer_address = "192.0.2.1";
    }

    request(request const&) = delete;
    request& operator=(request const&) = delete;

    std::vector<http::field> own;
};

}  // namespace jwtgate::test
