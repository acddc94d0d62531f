#pragma once

#include "core/secret.hpp"

#include <string_view>

namespace jwtgate::auth {

/// The one spelling of a password that several keyboards write differently: RFC 8265 section 4.2, so NFC, and
/// each space of Unicode's (Zs) as U+0020. No code point is refused here and nothing is trimmed or folded.
/// Bytes that are not UTF-8, or too many for any password that may be set, stay as they are.
core::secret opaque_string(std::string_view password);

}  // namespace jwtgate::auth
