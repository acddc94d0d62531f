#pragma once

#include <string_view>

namespace jwtgate::api {

/// Whether an Origin field names this host: it is exactly `scheme://host[:port]` (RFC 6454 section 6.2), http
/// or https, and host and port are those of a Host field, letters folded; the port that a scheme implies may
/// be left out on either side.
bool is_origin_of(std::string_view origin, std::string_view host) noexcept;

/// The same of a Referer field. Browsers send paths and queries there that RFC 3986 does not allow, so only
/// what stands before them is read.
bool refers_to(std::string_view referer, std::string_view host) noexcept;

/// What of an Origin or Referer field may be shown: `scheme://host[:port]` and whatever else stands before
/// the path, which may hold a secret.
std::string_view without_path(std::string_view url) noexcept;

}  // namespace jwtgate::api
