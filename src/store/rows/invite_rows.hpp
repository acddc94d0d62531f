#pragma once

#include "auth/invite.hpp"

#include <soci/soci.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace jwtgate::store {

/// The table of invites over one connection, one a user at most; they go with their users. Throws
/// soci::soci_error when the database fails.
class invite_rows {
public:
    explicit invite_rows(soci::session& sql) noexcept : sql_{sql} {}

    /// In place of the one that the user has.
    void put(std::int64_t user_id, auth::invite const& made);

    /// The user whose invite has this digest, unless it has expired.
    std::optional<std::int64_t> find(std::string const& digest, std::chrono::sys_seconds now);

    void remove(std::int64_t user_id);

private:
    soci::session& sql_;
};

}  // namespace jwtgate::store
