#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string_view>

namespace jwtgate::auth {

using core::result;

/// Whom a new password is for, and how short it may be.
struct password_demands {
    std::string_view user_name;
    std::size_t min_length = 8;  ///< in characters: code points
};

/// Whether a password may be set: UTF-8 (RFC 3629) without NUL or another control character, whose
/// opaque_string has min_length to 128 characters and is neither the user's name nor one of the 3,000
/// commonest passwords that are long enough. These two are compared without regard to the case of A to Z.
/// Nothing else is demanded of what characters it is made of. Errors: password_not_text,
/// password_has_control, password_too_short, password_too_long, password_too_common.
result<void> check_new_password(std::string_view password, password_demands demands);

}  // namespace jwtgate::auth
