#include "store/tables.hpp"

#include "auth/error.hpp"

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

// What else but the counter may have kept a rotation from happening.
bool may_rotate(auth::session_and_user const& found, sys_seconds at)
{
    auto const& session = found.session;
    return found.user.enabled && !session.revoked && session.refresh_expires > at &&
           session.absolute_end > at;
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

result<std::vector<std::string>> tables::update_user(
    std::string const& name, auth::user_change const& change, sys_seconds now
)
{
    auto user = users_.find(name);
    if (!user) return errc::no_such_user;
    apply(change, *user);
    users_.update(*user);
    if (!ends_sessions(change)) return std::vector<std::string>{};
    return end_all(*user, now);
}

result<std::vector<std::string>> tables::delete_user(std::string const& name, sys_seconds now)
{
    auto const user = users_.find(name);
    if (!user) return errc::no_such_user;
    auto ended = end_all(*user, now);
    users_.remove(user->id);
    return ended;
}

result<void> tables::rehash_password(auth::user_as_seen seen, std::string const& password_hash)
{
    users_.replace_hash(seen, password_hash);
    return {};
}

result<auth::user> tables::start_session(auth::session const& started, auth::user_as_seen seen)
{
    auto const user = users_.find(seen.id);
    if (!user || !user->enabled || user->password_version != seen.password_version)
        return errc::bad_credentials;
    auto row = started;
    row.user_id = user->id;
    sessions_.add(row);
    return *user;
}

result<auth::session_and_user> tables::find_session(std::string const& id)
{
    auto found = sessions_.find(id);
    if (!found) return errc::no_such_session;
    return *found;
}

result<auth::session_and_user> tables::rotate_session(auth::rotation const& next)
{
    bool const rotated = sessions_.rotate(next);
    auto const found = sessions_.find(next.session);
    if (rotated) return found.value();
    if (!found || !may_rotate(*found, next.at)) return errc::token_revoked;
    return errc::conflict;
}

result<void> tables::end_sessions(std::vector<std::string> const& ids, sys_seconds now)
{
    for (auto const& id : ids) sessions_.end(id, now);
    return {};
}

result<std::vector<auth::ended_session>> tables::ended_sessions(sys_seconds since)
{
    return sessions_.ended_since(since);
}

result<std::chrono::seconds> tables::note_access_ttl(std::chrono::seconds ttl)
{
    return sessions_.note_access_ttl(ttl);
}

result<std::int64_t> tables::purge_sessions(sys_seconds before, std::int64_t limit)
{
    auto const ended = sessions_.purge_ended(before, limit);
    return ended + sessions_.purge_expired(before, limit - ended);
}

std::vector<std::string> tables::end_all(auth::user const& user, sys_seconds now)
{
    auto ids = sessions_.live(user.id);
    end_sessions(ids, now);
    return ids;
}

}  // namespace jwtgate::store
