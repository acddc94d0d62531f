#pragma once

#include "auth/session.hpp"
#include "auth/user.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::auth {

using core::result;
using core::task;

/// A session that has ended; its access tokens have to be refused until they have all expired.
struct ended_session {
    std::string id;
    std::chrono::sys_seconds ended_at;
};

/// What `update_user` changes; what holds no value stays.
struct user_change {
    std::optional<std::string> password_hash;  ///< also makes password_version grow
    std::optional<std::vector<std::string>> roles;
    std::optional<bool> enabled;
};

/// The user as the caller saw it when it checked a password or a token: a session is only written while this
/// holds.
struct user_as_seen {
    std::int64_t id = 0;
    std::int64_t password_version = 0;
};

/// The next refresh token of a session.
struct rotation {
    std::string session;
    std::int64_t from_counter = 0;  ///< the head that the caller saw; the new head is one more
    std::chrono::sys_seconds at{};  ///< new rotated_at; the old one becomes prev_rotated_at
    std::string key_id;             ///< new rotated_kid
    std::chrono::sys_seconds refresh_expires{};
};

/// A session and its user, as one transaction saw them.
struct session_and_user {
    auth::session session;
    auth::user user;
};

/// The one interface to storage. It owns its threads and its batching; every call may be made on any executor
/// and resumes there. A value means that the change is durable. The error is errc::busy when the storage
/// cannot answer now (queue full, disk full, database away); nothing has then changed as far as the caller
/// may assume.
class store {
public:
    store() = default;
    store(store const&) = delete;
    store& operator=(store const&) = delete;
    virtual ~store() = default;

    /// By exact, lower-case name. Error: no_such_user.
    virtual task<result<user>> find_user(std::string name) = 0;

    /// All users, by name.
    virtual task<result<std::vector<user>>> list_users() = 0;

    /// Adds it (id is ignored). Error: user_exists.
    virtual task<result<void>> add_user(user added) = 0;

    /// Changes a user and ends its sessions in one transaction (enabling it ends none, there are none).
    /// Returns the ids of the sessions that this ended. Error: no_such_user.
    virtual task<result<std::vector<std::string>>> update_user(
        std::string name, user_change change, std::chrono::sys_seconds now
    ) = 0;

    /// Deletes a user and ends its sessions in one transaction. Returns the ids that this ended. Error:
    /// no_such_user.
    virtual task<result<std::vector<std::string>>> delete_user(
        std::string name, std::chrono::sys_seconds now
    ) = 0;

    /// Replaces a hash by a stronger one of the same password: nothing else changes. Does nothing when the
    /// user has changed since.
    virtual task<result<void>> rehash_password(user_as_seen seen, std::string password_hash) = 0;

    /// Writes a new session and returns the user, read in the same transaction. Error: bad_credentials when
    /// the user is gone, disabled, or has another password version than was seen.
    virtual task<result<user>> start_session(session started, user_as_seen seen) = 0;

    /// Error: no_such_session.
    virtual task<result<session_and_user>> find_session(std::string id) = 0;

    /// Compare-and-swap on the counter: makes the next refresh token the head. Returns the session after it,
    /// and the user read in the same transaction. Errors: conflict when the counter is another; token_revoked
    /// when the session is gone or revoked, or its user gone or disabled.
    virtual task<result<session_and_user>> rotate_session(rotation next) = 0;

    /// Ends these sessions for good; those that are not there or ended before are passed over. A session that
    /// is not there is remembered as ended all the same, so that a lost row cannot bring its tokens back.
    virtual task<result<void>> end_sessions(std::vector<std::string> ids, std::chrono::sys_seconds now) = 0;

    /// The sessions that ended at `since` or later.
    virtual task<result<std::vector<ended_session>>> ended_sessions(std::chrono::sys_seconds since) = 0;

    /// Remembers that access tokens of this life are handed out, and returns the longest ever in use.
    virtual task<result<std::chrono::seconds>> note_access_ttl(std::chrono::seconds ttl) = 0;

    /// Forgets sessions that can no longer matter: past their absolute or refresh end, or ended, before
    /// `before`. Returns how many.
    virtual task<result<std::int64_t>> purge_sessions(std::chrono::sys_seconds before) = 0;
};

}  // namespace jwtgate::auth
