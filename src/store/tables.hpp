#pragma once

#include "auth/store.hpp"
#include "store/session_rows.hpp"
#include "store/user_rows.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace jwtgate::store {

/// The calls of auth::store over one connection, each as it runs inside one transaction, the same on every
/// database. One that refuses has changed nothing. They throw soci::soci_error when the database fails; the
/// transaction is then to be undone. Used by one thread at a time.
class tables {
public:
    explicit tables(soci::session& sql) : users_{sql}, sessions_{sql} {}

    auth::result<auth::user> find_user(std::string const& name);
    auth::result<std::vector<auth::user>> list_users();
    auth::result<void> add_user(auth::user const& added);
    auth::result<std::vector<std::string>> update_user(
        std::string const& name, auth::user_change const& change, std::chrono::sys_seconds now
    );
    auth::result<std::vector<std::string>> delete_user(std::string const& name, std::chrono::sys_seconds now);
    auth::result<void> rehash_password(auth::user_as_seen seen, std::string const& password_hash);
    auth::result<auth::user> start_session(auth::session const& started, auth::user_as_seen seen);
    auth::result<auth::session_and_user> find_session(std::string const& id);
    auth::result<auth::session_and_user> rotate_session(auth::rotation const& next);
    auth::result<void> end_sessions(std::vector<std::string> const& ids, std::chrono::sys_seconds now);
    auth::result<std::vector<auth::ended_session>> ended_sessions(std::chrono::sys_seconds since);
    auth::result<std::chrono::seconds> note_access_ttl(std::chrono::seconds ttl);

    /// Forgets `limit` of them at most.
    auth::result<std::int64_t> purge_sessions(std::chrono::sys_seconds before, std::int64_t limit);

private:
    std::vector<std::string> end_all(auth::user const& user, std::chrono::sys_seconds now);

    user_rows users_;
    session_rows sessions_;
};

}  // namespace jwtgate::store
