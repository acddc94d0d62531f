#pragma once

#include "auth/store.hpp"
#include "store/user_rows.hpp"

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
        "sessions.csrf_access, sessions.csrf_refresh, sessions.address, sessions.user_agent, "
        "CASE WHEN ended_sessions.id IS NULL THEN 0 ELSE 1 END";

    void define(soci::statement& select);

    auth::session_and_user value() const { return {session_, user_.value()}; }

private:
    auth::session session_;
    user_row user_;
};

/// The tables of sessions over one connection. That a session has ended stands in a table of its own, which
/// needs no row in the other: so it outlives a deleted user. Throws soci::soci_error when the database fails.
class session_rows {
public:
    explicit session_rows(soci::session& sql);

    std::optional<auth::session_and_user> find(std::string const& id);
    void add(auth::session const& started);

    /// Returns false when it did not happen: the counter is another, the session is gone, over or ended, or
    /// its user is gone or disabled.
    bool rotate(auth::rotation const& next);

    /// The sessions of the user that have not ended.
    std::vector<std::string> live(std::int64_t user_id);

    /// Keeps the first time when it has ended before.
    void end(std::string const& id, std::chrono::sys_seconds now);
    std::vector<auth::ended_session> ended_since(std::chrono::sys_seconds since);

    /// These two forget `limit` sessions at most, those that ended before `before` or ran out before it
    /// without having ended. They return how many.
    std::int64_t purge_ended(std::chrono::sys_seconds before, std::int64_t limit);
    std::int64_t purge_expired(std::chrono::sys_seconds before, std::int64_t limit);

    /// Remembers this life of an access token, and returns the longest ever remembered.
    std::chrono::seconds note_access_ttl(std::chrono::seconds ttl);

private:
    soci::session& sql_;
    session_row row_;
    std::string id_;
    auth::session added_;
    auth::rotation rotation_;
    auth::ended_session ended_;
    soci::statement find_;
    soci::statement add_;
    soci::statement rotate_;
    soci::statement end_;
};

}  // namespace jwtgate::store
