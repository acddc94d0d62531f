#pragma once

#include "auth/invite.hpp"
#include "auth/login/failed_logins.hpp"
#include "auth/rotation.hpp"
#include "auth/session.hpp"
#include "auth/user.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::auth {

using core::result;
using core::task;

/// How much longer than any of its tokens can live a revocation is remembered: for a clock that is set back a
/// little.
inline constexpr std::chrono::days revocation_margin{1};

/// A session to be ended.
struct session_end {
    std::string id;
    std::chrono::sys_seconds keep_until;  ///< how long that is remembered when its row is gone
};

/// From when on the tokens of a user count, those issued before being revoked.
struct cutoff {
    std::chrono::sys_seconds issued_before;
    std::chrono::sys_seconds keep_until;  ///< how long that is remembered
};

struct user_cutoff {
    std::string name;
    std::chrono::sys_seconds issued_before;
};

/// What a time does to the one remembered: `raise` leaves a later one, `replace` leaves none.
enum class time_note { raise, replace };

/// How many rows a purge has forgotten.
struct purged {
    std::int64_t sessions = 0;  ///< live once, and run out
    std::int64_t ended = 0;     ///< ends of sessions
    std::int64_t cutoffs = 0;   ///< of users
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

/// What starting a session did.
struct started_session {
    auth::user user;                 ///< as the same transaction saw it
    std::vector<std::string> ended;  ///< the sessions that it ended
};

/// A session and its user, as one transaction saw them.
struct session_and_user {
    auth::session session;
    auth::user user;
};

/// What became of a refresh token, and the session after it.
struct rotated_session {
    rotation_outcome outcome;
    session_and_user found;
};

/// An invite that was used: whose password it has set, and the sessions that this ended.
struct used_invite {
    std::string user_name;
    std::vector<std::string> ended;
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

    /// Why the storage cannot answer now, for a person; empty when it can, or when that is not known.
    virtual std::string why_busy() const = 0;

    /// By exact, lower-case name. Error: no_such_user.
    virtual task<result<user>> find_user(std::string name) = 0;

    /// All users, by name.
    virtual task<result<std::vector<user>>> list_users() = 0;

    /// Adds it (id is ignored). Error: user_exists.
    virtual task<result<void>> add_user(user added) = 0;

    /// Gives a user an invite in place of the one that it has, and adds the user first where there is none of
    /// this name. Whether it was added.
    virtual task<result<bool>> invite_user(user invited, invite made) = 0;

    /// The user that may use this invite now. Error: bad_credentials when there is none, or it has expired,
    /// or its user is disabled.
    virtual task<result<user>> find_invited(std::string digest, std::chrono::sys_seconds now) = 0;

    /// Sets the password of the user that find_invited finds, uses the invite up, ends the user's sessions
    /// and cuts off its tokens in one transaction. Error: as find_invited.
    virtual task<result<used_invite>> use_invite(
        std::string digest, std::string password_hash, cutoff at
    ) = 0;

    /// Changes a user, ends its sessions and cuts off its tokens in one transaction (enabling it does
    /// neither). A new password ends its invite. Returns the ids of the sessions that this ended. Error:
    /// no_such_user.
    virtual task<result<std::vector<std::string>>> update_user(
        std::string name, user_change change, cutoff at
    ) = 0;

    /// Deletes a user, ends its sessions and cuts off its tokens in one transaction. Returns the ids that
    /// this ended. Error: no_such_user.
    virtual task<result<std::vector<std::string>>> delete_user(std::string name, cutoff at) = 0;

    /// Replaces a hash by a stronger one of the same password: nothing else changes. Does nothing when the
    /// user has changed since.
    virtual task<result<void>> rehash_password(user_as_seen seen, std::string password_hash) = 0;

    /// Writes a new session, in one transaction with what else it takes: of the user's sessions those are
    /// ended that were not used for longest, until `most` are left with it; a cut-off that lies after its
    /// creation is moved there. Error: bad_credentials when the user is gone, disabled, or has another
    /// password version than was seen.
    virtual task<result<started_session>> start_session(
        session started, user_as_seen seen, std::size_t most
    ) = 0;

    /// Error: no_such_session.
    virtual task<result<session_and_user>> find_session(std::string id) = 0;

    /// Decides by `judge` and carries it out, in one transaction: a new head by compare-and-swap on the
    /// counter, or the end of the session for what is `reused` or `ahead`. Anything else changes nothing.
    /// Error: token_revoked when the session is gone, or its user gone or disabled.
    virtual task<result<rotated_session>> rotate_session(rotation asked) = 0;

    /// Ends these sessions for good; those that ended before are passed over. A session that is not there is
    /// remembered as ended all the same, so that a lost row cannot bring its tokens back. After `busy` it is
    /// tried again, with every later change and by itself, until it is written down or the store goes.
    virtual task<result<void>> end_sessions(std::vector<session_end> ended) = 0;

    /// The user's sessions whose tokens have not run out, newest first; none for an unknown name.
    virtual task<result<std::vector<session>>> list_sessions(
        std::string user_name, std::chrono::sys_seconds now
    ) = 0;

    /// Ends a session of this user. Error: no_such_session, also when it is another's.
    virtual task<result<void>> end_session_of(std::string user_name, std::string id) = 0;

    /// Ends the user's sessions but the one of the id `spared`, if any. Returns the ids.
    virtual task<result<std::vector<std::string>>> end_sessions_of(
        std::string user_name, std::string spared
    ) = 0;

    /// Some of all live sessions, in the order of their ids: those that come after this one; none when that
    /// was the last. Several calls see what changes between them.
    virtual task<result<std::vector<session>>> live_sessions(
        std::string after, std::chrono::sys_seconds now
    ) = 0;

    /// Ends the user's sessions and cuts off its tokens in one transaction. Returns the ids of the sessions
    /// that this ended. Error: no_such_user.
    virtual task<result<std::vector<std::string>>> cut_off_user(std::string name, cutoff at) = 0;

    /// Sets a password from within a session, and ends the user's other sessions in the same transaction.
    /// Returns their ids. Errors: bad_credentials when the user is gone, disabled, or has another password
    /// version than was seen; token_revoked when the session is gone.
    virtual task<result<std::vector<std::string>>> change_password(
        user_as_seen seen, std::string password_hash, std::string session
    ) = 0;

    /// The sessions that have ended, in the order of their ids: the next some thousand after this one. None:
    /// that was the last. What is durable when the first part is asked for is in one of the parts.
    virtual task<result<std::vector<std::string>>> ended_sessions(std::string after) = 0;

    virtual task<result<std::vector<user_cutoff>>> user_cutoffs() = 0;

    /// Remembers what time it is. Returns what was remembered before, if anything. All that was asked of the
    /// store before this call is durable when it returns a value.
    virtual task<result<std::optional<std::chrono::sys_seconds>>> note_time(
        std::chrono::sys_seconds now, time_note how
    ) = 0;

    /// Forgets what can no longer matter: sessions whose refresh or absolute end is more than the margin ago,
    /// and revocations that are to be kept until before `now`.
    virtual task<result<purged>> purge(std::chrono::sys_seconds now) = 0;

    /// The failed logins that are remembered; of the counts those that are gone last, `most` of them.
    virtual task<result<failed_logins>> remembered_failures(std::size_t most) = 0;

    /// Remembers these counts in place of what their keys had, and the time; forgets those that are gone.
    virtual task<result<void>> remember_failures(failure_changes changed) = 0;
};

}  // namespace jwtgate::auth
