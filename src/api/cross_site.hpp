#pragma once

#include "http/request.hpp"

#include <string_view>

namespace jwtgate::api {

/// Whether the method may change something: everything but GET, HEAD, OPTIONS and TRACE (RFC 9110
/// section 9.2.1).
bool is_unsafe(std::string_view method) noexcept;

/// Whether another site caused this request: Sec-Fetch-Site says so, or, where a browser does not send it,
/// Origin (else Referer) names another host than Host does. A request without any of them comes from a
/// program and is not.
bool is_cross_site(http::request const& req) noexcept;

}  // namespace jwtgate::api
