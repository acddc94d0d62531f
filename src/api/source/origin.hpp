#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jwtgate::api {

/// Whether an Origin field names this host: it is exactly `scheme://host[:port]` (RFC 6454 section 6.2), http
/// or https, and host and port are those of a Host field, letters folded; the port that a scheme implies may
/// be left out on either side.
bool is_origin_of(std::string_view origin, std::string_view host) noexcept;

/// An origin as browsers write it: in lower case, without the port that its scheme implies. None for what is
/// not exactly `scheme://host[:port]`, http or https.
std::optional<std::string> canonical_origin(std::string_view text);

/// Whether a Referer field names this host. Browsers send paths and queries there that RFC 3986 does not
/// allow, so only what stands before them is read.
bool refers_to(std::string_view referer, std::string_view host) noexcept;

/// What of an Origin or Referer field may be shown: `scheme://host[:port]` and whatever else stands before
/// the path, which may hold a secret.
std::string_view without_path(std::string_view url) noexcept;

}  // namespace jwtgate::api
