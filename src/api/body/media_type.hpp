#pragma once

#include <string_view>

namespace jwtgate::api {

/// Whether a Content-Type says this type, with any parameters (RFC 9110 section 8.3.1), of which a charset
/// other than UTF-8, or US-ASCII, a part of it, is refused (RFC 8259 section 8.1).
bool is_utf8_type(std::string_view content_type, std::string_view type) noexcept;

}  // namespace jwtgate::api
