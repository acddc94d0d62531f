#pragma once

#include "http/limits.hpp"
#include "http/parser/request_head.hpp"
#include "http/request.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace jwtgate::http {

/// Reads a head that stands at the front of `bytes` as clients and proxies usually send it: whole, HTTP/1.1,
/// one Host, within `limits`, well-formed in every octet, and without any field that frames the message or
/// the connection. Returns its size, and fills `out` and `fields` with views. 0 for every other head, right
/// or wrong: whoever decides that reads it again.
std::size_t read_plain_head(
    std::string_view bytes, limits const& limits, request_head& out, std::vector<field>& fields
);

}  // namespace jwtgate::http
