#pragma once

#include <sys/types.h>

#include <string>

namespace jwtgate::files {

/// The name of a user of this system, or the number where it has none.
std::string account_name(uid_t user);

}  // namespace jwtgate::files
