#pragma once

#include "api/rules/canonical_path.hpp"
#include "http/request.hpp"

#include <boost/system/result.hpp>

#include <string_view>

namespace jwtgate::api {

/// The request that a proxy asks about, as rules see it. Views live as long as what it was read from.
struct original_request {
    std::string_view method;
    std::string_view host;  ///< without port and without a dot at its end; letters as sent
    canonical_path path;
    bool is_preflight = false;  ///< a browser asks what a page of another site may send (Fetch section 3.2.2)
};

/// What the fields of a question to the gate name: X-Original-URL and X-Original-Method, or X-Forwarded-Host,
/// -Uri and -Method. Whatever of these is there as well has to say the same, since a client may have sent it.
/// The scheme decides nothing and is not looked at. That the peer is believed is for the caller to check.
boost::system::result<original_request, unclear> read_original(http::request const& question);

/// The same from a whole URL of http or https, whose query and port count for nothing.
boost::system::result<original_request, unclear> read_url(std::string_view method, std::string_view url);

/// A host without port and without the dot that may stand at the end of a full name (RFC 1034 section 3.1).
/// Empty when it is none.
std::string_view bare_host(std::string_view host) noexcept;

/// Whether this is a method as proxies hand it on: capitals, digits, '-' and '_'.
bool is_method(std::string_view text) noexcept;

}  // namespace jwtgate::api
