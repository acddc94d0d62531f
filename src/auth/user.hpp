#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace jwtgate::auth {

/// A user as the store keeps it.
struct user {
    std::int64_t id = 0;                ///< never used again, also not after a delete
    std::string name;                   ///< lower case
    std::string password_hash;          ///< Argon2id, encoded ($argon2id$v=19$...)
    std::int64_t password_version = 1;  ///< grows by one when the password changes
    bool enabled = true;
    std::vector<std::string> roles;  ///< sorted, none twice
    std::chrono::sys_seconds created{};
};

}  // namespace jwtgate::auth
