#pragma once

#include "http/request.hpp"

#include <string_view>

namespace jwtgate::api {

/// Whether the method may change something: everything but GET, HEAD, OPTIONS and TRACE (RFC 9110
/// section 9.2.1).
bool is_unsafe(std::string_view method) noexcept;

/// Whether what a proxy asks about may change something: its own method, X-Original-Method or
/// X-Forwarded-Method says so, or it opens a WebSocket, which browsers let any page do.
bool asks_for_unsafe(http::request const& req) noexcept;

/// Whether another site caused this request to `host`: Sec-Fetch-Site says so, or, where a browser does not
/// send it, Origin (else Referer) names another host. A request without any of them comes from a program and
/// is not.
bool is_cross_site(http::request const& req, std::string_view host) noexcept;

/// Whether a user asked for this GET: neither another site did, nor a browser ahead of time, nor a page that
/// embeds it.
bool is_asked_for(http::request const& req, std::string_view host) noexcept;

}  // namespace jwtgate::api
