#include "store/tables.hpp"

#include "auth/error.hpp"

#include <utility>

namespace jwtgate::store {
namespace {

using auth::errc;
using auth::result;
using std::chrono::sys_seconds;

void apply(auth::user_change const& change, auth::user& user)
{
    if (change.password_hash) {
        user.password_hash = *change.password_hash;
        ++user.password_version;
    }
    if (change.roles) user.roles = *change.roles;
    if (change.enabled) user.enabled = *change.enabled;
}

bool ends_sessions(auth::user_change const& change)
{
    return change.password_hash || change.roles || change.enabled == false;
}

}  // namespace

result<auth::user> tables::find_user(std::string const& name)
{
    auto found = users_.find(name);
    if (!found) return errc::no_such_user;
    return *found;
}

result<std::vector<auth::user>> tables::list_users()
{
    return users_.all();
}

result<void> tables::add_user(auth::user const& added)
{
    if (!users_.add(added)) return errc::user_exists;
    return {};
}

result<bool> tables::invite_user(auth::user const& invited, auth::invite const& made)
{
    bool const added = users_.add(invited);
    invites_.put(users_.find(invited.name)->id, made);
    return added;
}

result<auth::user> tables::find_invited(std::string const& digest, sys_seconds now)
{
    auto const id = invites_.find(digest, now);
    auto user = id ? users_.find(*id) : std::nullopt;
    if (!user || !user->enabled) return errc::bad_credentials;
    return std::move(*user);
}

// The cut-off is of now.
result<auth::used_invite> tables::use_invite(
    std::string const& digest, std::string const& password_hash, auth::cutoff at
)
{
    auto user = find_invited(digest, at.issued_before);
    if (!user) return user.error();
    set_password(*user, password_hash);
    return auth::used_invite{user->name, end_all(*user, at)};
}

result<std::vector<std::string>> tables::update_user(
    std::string const& name, auth::user_change const& change, auth::cutoff at
)
{
    auto user = users_.find(name);
    if (!user) return errc::no_such_user;
    apply(change, *user);
    users_.update(*user);
    if (change.password_hash) invites_.remove(user->id);
    if (!ends_sessions(change)) return std::vector<std::string>{};
    return end_all(*user, at);
}

result<std::vector<std::string>> tables::delete_user(std::string const& name, auth::cutoff at)
{
    auto const user = users_.find(name);
    if (!user) return errc::no_such_user;
    auto ended = end_all(*user, at);
    users_.remove(user->id);
    return ended;
}

result<void> tables::rehash_password(auth::user_as_seen seen, std::string const& password_hash)
{
    users_.replace_hash(seen, password_hash);
    return {};
}

result<auth::started_session> tables::start_session(
    auth::session const& started, auth::user_as_seen seen, std::size_t most
)
{
    auto const user = users_.find(seen.id);
    if (!user || !user->enabled || user->password_version != seen.password_version)
        return errc::bad_credentials;
    auto row = started;
    row.user_id = user->id;
    auto ended = sessions_.end_all(user->id, static_cast<std::int64_t>(most) - 1);
    sessions_.add(row);
    users_.let_in(user->name, row.created);
    return auth::started_session{.user = *user, .ended = std::move(ended)};
}

result<auth::session_and_user> tables::find_session(std::string const& id)
{
    auto found = sessions_.find(id);
    if (!found) return errc::no_such_session;
    return *found;
}

result<auth::rotated_session> tables::rotate_session(auth::rotation const& asked)
{
    auto found = sessions_.find(asked.session);
    if (!found || !found->user.enabled) return errc::token_revoked;
    auto& session = found->session;
    auto const outcome = auth::judge(session, asked);
    if (outcome == auth::rotation_outcome::rotated) {
        session = auth::after(std::move(session), asked);
        if (!sessions_.rotate(session)) return errc::busy;  // another has written between
    }
    if (auth::ends_session(outcome)) sessions_.end({.id = session.id, .keep_until = {}});
    return auth::rotated_session{.outcome = outcome, .found = std::move(*found)};
}

result<void> tables::end_sessions(std::vector<auth::session_end> const& ended)
{
    for (auto const& one : ended) sessions_.end(one);
    return {};
}

result<std::vector<auth::session>> tables::list_sessions(std::string const& user_name, sys_seconds now)
{
    return sessions_.live(user_name, now);
}

result<void> tables::end_session_of(std::string const& user_name, std::string const& id)
{
    auto const found = sessions_.find(id);
    if (!found || found->user.name != user_name) return errc::no_such_session;
    sessions_.end({.id = id, .keep_until = {}});
    return {};
}

result<std::vector<std::string>> tables::end_sessions_of(
    std::string const& user_name, std::string const& spared
)
{
    auto const user = users_.find(user_name);
    if (!user) return std::vector<std::string>{};
    return sessions_.end_others(user->id, spared);
}

result<std::vector<auth::session>> tables::live_sessions(live_part const& wanted)
{
    return sessions_.live(wanted);
}

result<std::vector<std::string>> tables::cut_off_user(std::string const& name, auth::cutoff at)
{
    auto const user = users_.find(name);
    if (!user) return errc::no_such_user;
    return end_all(*user, at);
}

result<std::vector<std::string>> tables::change_password(
    auth::user_as_seen seen, std::string const& password_hash, std::string const& session
)
{
    auto user = users_.find(seen.id);
    if (!user || !user->enabled || user->password_version != seen.password_version)
        return errc::bad_credentials;
    auto const from = sessions_.find(session);
    if (!from || from->user.id != user->id) return errc::token_revoked;
    set_password(*user, password_hash);
    return sessions_.end_others(user->id, session);
}

result<std::vector<std::string>> tables::ended_sessions(std::string const& after, std::int64_t limit)
{
    return ended_.next(after, limit);
}

result<std::vector<auth::user_cutoff>> tables::user_cutoffs()
{
    return users_.cutoffs();
}

result<std::optional<sys_seconds>> tables::note_time(sys_seconds now, auth::time_note how)
{
    sys_seconds before;
    sql_ << "SELECT value FROM meta WHERE name = 'last_seen_time'", soci::into(before);
    auto const remembered = sql_.got_data() ? std::optional{before} : std::nullopt;
    if (how == auth::time_note::raise && remembered >= now) return remembered;
    sql_ << "INSERT INTO meta (name, value) VALUES ('last_seen_time', :now) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        soci::use(now, "now");
    return remembered;
}

result<auth::purged> tables::purge(sys_seconds now, std::int64_t limit)
{
    return auth::purged{
        .sessions = sessions_.purge_expired(now - auth::revocation_margin, limit),
        .ended = ended_.purge(now, limit),
        .cutoffs = users_.purge_cutoffs(now, limit),
    };
}

result<auth::failed_logins> tables::remembered_failures(std::size_t most)
{
    return failures_.all(static_cast<std::int64_t>(most));
}

result<void> tables::remember_failures(auth::failure_changes const& changed)
{
    failures_.put(changed);
    return {};
}

void tables::set_password(auth::user& user, std::string const& password_hash)
{
    apply({.password_hash = password_hash, .roles = {}, .enabled = {}}, user);
    users_.update(user);
    invites_.remove(user.id);
}

std::vector<std::string> tables::end_all(auth::user const& user, auth::cutoff at)
{
    users_.cut_off(user.name, at);
    return sessions_.end_all(user.id, 0);
}

}  // namespace jwtgate::store
