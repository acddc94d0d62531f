#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

/// The name as the store keeps it: in lower case. None when it is not `[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}`.
inline std::optional<std::string> fold_user_name(std::string_view given)
{
    constexpr std::string_view inner = "abcdefghijklmnopqrstuvwxyz0123456789._@+-";
    constexpr std::string_view first = inner.substr(0, 36);
    std::string name(given);
    for (auto& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (name.empty() || name.size() > 64 || first.find(name.front()) == std::string_view::npos)
        return std::nullopt;
    return name.find_first_not_of(inner) == std::string::npos ? std::optional{name} : std::nullopt;
}

/// Whether a user can have this role: `[a-z0-9][a-z0-9._-]{0,31}`.
inline bool is_role_name(std::string_view text) noexcept
{
    constexpr std::string_view inner = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    constexpr std::string_view first = inner.substr(0, 36);
    if (text.empty() || text.size() > 32 || first.find(text.front()) == std::string_view::npos) return false;
    return text.find_first_not_of(inner) == std::string_view::npos;
}

}  // namespace jwtgate::auth
