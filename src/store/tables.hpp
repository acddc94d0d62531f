#pragma once

#include "auth/store.hpp"
#include "store/rows/ended_rows.hpp"
#include "store/rows/failure_rows.hpp"
#include "store/rows/invite_rows.hpp"
#include "store/rows/session_rows.hpp"
#include "store/rows/user_rows.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::store {

/// The calls of auth::store over one connection, each as it runs inside one transaction, the same on every
/// database. One that refuses has changed nothing. They throw soci::soci_error when the database fails; the
/// transaction is then to be undone. Used by one thread at a time.
class tables {
public:
    explicit tables(soci::session& sql)
        : sql_{sql}, users_{sql}, invites_{sql}, ended_{sql}, sessions_{sql, ended_}, failures_{sql}
    {}

    tables(tables const&) = delete;
    tables& operator=(tables const&) = delete;
    ~tables() = default;

    auth::result<auth::user> find_user(std::string const& name);
    auth::result<std::vector<auth::user>> list_users();
    auth::result<void> add_user(auth::user const& added);
    auth::result<bool> invite_user(auth::user const& invited, auth::invite const& made);
    auth::result<auth::user> find_invited(std::string const& digest, std::chrono::sys_seconds now);
    auth::result<auth::used_invite> use_invite(
        std::string const& digest, std::string const& password_hash, auth::cutoff at
    );
    auth::result<std::vector<std::string>> update_user(
        std::string const& name, auth::user_change const& change, auth::cutoff at
    );
    auth::result<std::vector<std::string>> delete_user(std::string const& name, auth::cutoff at);
    auth::result<void> rehash_password(auth::user_as_seen seen, std::string const& password_hash);
    auth::result<auth::started_session> start_session(
        auth::session const& started, auth::user_as_seen seen, std::size_t most
    );
    auth::result<auth::session_and_user> find_session(std::string const& id);
    auth::result<auth::rotated_session> rotate_session(auth::rotation const& asked);
    auth::result<void> end_sessions(std::vector<auth::session_end> const& ended);

    auth::result<std::vector<auth::session>> list_sessions(
        std::string const& user_name, std::chrono::sys_seconds now
    );
    auth::result<void> end_session_of(std::string const& user_name, std::string const& id);
    auth::result<std::vector<std::string>> end_sessions_of(
        std::string const& user_name, std::string const& spared
    );
    auth::result<std::vector<auth::session>> live_sessions(live_part const& wanted);
    auth::result<std::vector<std::string>> cut_off_user(std::string const& name, auth::cutoff at);
    auth::result<std::vector<std::string>> change_password(
        auth::user_as_seen seen, std::string const& password_hash, std::string const& session
    );

    /// At most `limit` of them.
    auth::result<std::vector<std::string>> ended_sessions(std::string const& after, std::int64_t limit);

    auth::result<std::vector<auth::user_cutoff>> user_cutoffs();
    auth::result<std::optional<std::chrono::sys_seconds>> note_time(
        std::chrono::sys_seconds now, auth::time_note how
    );

    /// Forgets `limit` rows of each table at most.
    auth::result<auth::purged> purge(std::chrono::sys_seconds now, std::int64_t limit);

    auth::result<auth::failed_logins> remembered_failures(std::size_t most);
    auth::result<void> remember_failures(auth::failure_changes const& changed);

private:
    void set_password(auth::user& user, std::string const& password_hash);
    std::vector<std::string> end_all(auth::user const& user, auth::cutoff at);

    soci::session& sql_;
    user_rows users_;
    invite_rows invites_;
    ended_rows ended_;
    session_rows sessions_;
    failure_rows failures_;
};

}  // namespace jwtgate::store
