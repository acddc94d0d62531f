#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace jwtgate::web {

/// One file of the page, as it goes over the wire.
struct asset {
    std::string_view path;  ///< request path, with the leading slash
    std::string_view content_type;
    std::string_view body;
};

/// The whole page, compiled into the program: it needs no file at run time. Lives as long as the program.
std::span<asset const> assets() noexcept;

/// What scripts have to know of their server.
struct server_facts {
    std::string_view csrf_access_cookie;  ///< names: tokens of RFC 6265 section 4.1.1
    std::string_view csrf_refresh_cookie;
    std::size_t password_min_length = 0;  ///< in characters
};

/// The HTML of the page for this server; the asset of "/" has empty places there.
std::string index(server_facts const& facts);

/// The Content-Security-Policy that the page is written for: scripts, styles, images and requests of its own
/// origin, nothing inline, and no framing. It goes with every asset.
std::string_view content_security_policy() noexcept;

}  // namespace jwtgate::web
