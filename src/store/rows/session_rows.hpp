#pragma once

#include "auth/store.hpp"
#include "store/rows/ended_rows.hpp"
#include "store/rows/user_rows.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::store {

/// A row of `sessions` joined to its user, as statements fill it.
class session_row {
public:
    static constexpr char const* columns =
        "sessions.id, sessions.user_id, users.name, sessions.counter, sessions.created, sessions.rotated_at, "
        "sessions.prev_rotated_at, sessions.rotated_kid, sessions.refresh_expires, sessions.absolute_end, "
        "sessions.csrf_access, sessions.csrf_refresh, sessions.address, sessions.user_agent";

    void define(soci::statement& select);

    auth::session_and_user value() const { return {session_, user_.value()}; }

private:
    auth::session session_;
    user_row user_;
};

/// Which of all live sessions to read, in the order of their ids.
struct live_part {
    std::string after;  ///< the id before the first
    std::chrono::sys_seconds now;
    std::int64_t limit;
};

/// The table of sessions over one connection. One that ends leaves it for the table of those that have ended.
/// Throws soci::soci_error when the database fails.
class session_rows {
public:
    /// Both outlive it.
    session_rows(soci::session& sql, ended_rows& ended);

    std::optional<auth::session_and_user> find(std::string const& id);
    void add(auth::session const& started);

    /// Writes what a rotation changes. Returns false when the counter is no longer the one before, or the row
    /// is gone: nothing has then happened.
    bool rotate(auth::session const& next);

    /// That it has ended is kept until the margin after its absolute end; without a row, as long as is said.
    void end(auth::session_end const& one);

    /// Ends all sessions of the user but the `spared` that were used last. Returns the ids.
    std::vector<std::string> end_all(std::int64_t user_id, std::int64_t spared);

    /// Ends all sessions of the user but this one. Returns the ids.
    std::vector<std::string> end_others(std::int64_t user_id, std::string const& spared);

    /// Those of the user that have not run out, newest first.
    std::vector<auth::session> live(std::string const& user_name, std::chrono::sys_seconds now);

    /// Those of everybody that have not run out.
    std::vector<auth::session> live(live_part const& wanted);

    /// Forgets `limit` at most that ran out before `before`. Returns how many.
    std::int64_t purge_expired(std::chrono::sys_seconds before, std::int64_t limit);

private:
    std::vector<std::string> end_each(soci::statement& select, std::string const& id);

    soci::session& sql_;
    ended_rows& ended_;
    session_row row_;
    std::string id_;
    auth::session written_;
    soci::statement find_;
    soci::statement add_;
    soci::statement rotate_;
    soci::statement remove_;
};

}  // namespace jwtgate::store
