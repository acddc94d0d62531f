#include "store/rows/session_rows.hpp"

namespace jwtgate::store {
namespace {

using soci::into;
using soci::use;

std::string select_sessions(std::string const& rest)
{
    return std::string("SELECT ") + session_row::columns + ", " + user_row::columns +
           " FROM sessions JOIN users ON users.id = sessions.user_id " + rest;
}

constexpr char const* add_text =
    "INSERT INTO sessions (id, user_id, counter, created, rotated_at, prev_rotated_at, rotated_kid, "
    "refresh_expires, "
    "absolute_end, csrf_access, csrf_refresh, address, user_agent) VALUES (:id, :user, :counter, :created, "
    ":rotated, "
    ":prev, :kid, :expires, :end, :csrf_access, :csrf_refresh, :address, :agent)";

constexpr char const* rotate_text =
    "UPDATE sessions SET counter = :counter, prev_rotated_at = :prev, rotated_at = :rotated, rotated_kid = "
    ":kid, refresh_expires = :expires WHERE id = :id AND counter = :counter - 1";

// The sessions of a user but so many that were used last; without their order when it does not matter.
std::string unspared(std::int64_t spared)
{
    auto const order = spared == 0 ? "" : " ORDER BY rotated_at DESC, id";
    return std::string("SELECT id FROM sessions WHERE user_id = :user") + order +
           " LIMIT 1000000000 OFFSET :spared";
}

soci::statement prepare_add(soci::session& sql, auth::session const& row)
{
    return prepare(
        sql,
        add_text,
        use(row.id, "id"),
        use(row.user_id, "user"),
        use(row.counter, "counter"),
        use(row.created, "created"),
        use(row.rotated_at, "rotated"),
        use(row.prev_rotated_at, "prev"),
        use(row.rotated_kid, "kid"),
        use(row.refresh_expires, "expires"),
        use(row.absolute_end, "end"),
        use(row.csrf_access, "csrf_access"),
        use(row.csrf_refresh, "csrf_refresh"),
        use(row.address, "address"),
        use(row.user_agent, "agent")
    );
}

soci::statement prepare_rotate(soci::session& sql, auth::session const& row)
{
    return prepare(
        sql,
        rotate_text,
        use(row.id, "id"),
        use(row.counter, "counter"),
        use(row.rotated_at, "rotated"),
        use(row.prev_rotated_at, "prev"),
        use(row.rotated_kid, "kid"),
        use(row.refresh_expires, "expires")
    );
}

}  // namespace

void session_row::define(soci::statement& select)
{
    select.exchange(into(session_.id));
    select.exchange(into(session_.user_id));
    select.exchange(into(session_.user_name));
    select.exchange(into(session_.counter));
    select.exchange(into(session_.created));
    select.exchange(into(session_.rotated_at));
    select.exchange(into(session_.prev_rotated_at));
    select.exchange(into(session_.rotated_kid));
    select.exchange(into(session_.refresh_expires));
    select.exchange(into(session_.absolute_end));
    select.exchange(into(session_.csrf_access));
    select.exchange(into(session_.csrf_refresh));
    select.exchange(into(session_.address));
    select.exchange(into(session_.user_agent));
    user_.define(select);
}

session_rows::session_rows(soci::session& sql, ended_rows& ended)
    : sql_{sql},
      ended_{ended},
      find_{prepare_select(sql, select_sessions("WHERE sessions.id = :id"), row_, use(id_, "id"))},
      add_{prepare_add(sql, written_)},
      rotate_{prepare_rotate(sql, written_)},
      remove_{prepare(sql, "DELETE FROM sessions WHERE id = :id", use(id_, "id"))}
{}

std::optional<auth::session_and_user> session_rows::find(std::string const& id)
{
    id_ = id;
    if (!fetch_one(find_)) return std::nullopt;
    return row_.value();
}

void session_rows::add(auth::session const& started)
{
    written_ = started;
    run(add_);
}

bool session_rows::rotate(auth::session const& next)
{
    written_ = next;
    return run(rotate_) == 1;
}

void session_rows::end(auth::session_end const& one)
{
    ended_.put(one);
    id_ = one.id;
    run(remove_);
}

std::vector<std::string> session_rows::end_all(std::int64_t user_id, std::int64_t spared)
{
    std::string id;
    auto select = prepare(sql_, unspared(spared), into(id), use(user_id, "user"), use(spared, "spared"));
    return end_each(select, id);
}

std::vector<std::string> session_rows::end_others(std::int64_t user_id, std::string const& spared)
{
    std::string id;
    auto select = prepare(
        sql_,
        "SELECT id FROM sessions WHERE user_id = :user AND id <> :spared ORDER BY id",
        into(id),
        use(user_id, "user"),
        use(spared, "spared")
    );
    return end_each(select, id);
}

std::vector<std::string> session_rows::end_each(soci::statement& select, std::string const& id)
{
    std::vector<std::string> ids;
    select.execute();
    while (select.fetch()) ids.push_back(id);
    for (auto const& each : ids) end({.id = each, .keep_until = {}});
    return ids;
}

std::vector<auth::session> session_rows::live(std::string const& user_name, std::chrono::sys_seconds now)
{
    std::vector<auth::session> found;
    auto select = prepare_select(
        sql_,
        select_sessions("WHERE users.name = :name AND refresh_expires > :now AND absolute_end > :now "
                        "ORDER BY sessions.created DESC, rotated_at DESC, sessions.id"),
        row_,
        use(user_name, "name"),
        use(now, "now")
    );
    select.execute();
    while (select.fetch()) found.push_back(row_.value().session);
    return found;
}

std::vector<auth::session> session_rows::live(live_part const& wanted)
{
    std::vector<auth::session> found;
    auto select = prepare_select(
        sql_,
        select_sessions("WHERE sessions.id > :after AND refresh_expires > :now AND absolute_end > :now "
                        "ORDER BY sessions.id LIMIT :limit"),
        row_,
        use(wanted.after, "after"),
        use(wanted.now, "now"),
        use(wanted.limit, "limit")
    );
    select.execute();
    while (select.fetch()) found.push_back(row_.value().session);
    return found;
}

std::int64_t session_rows::purge_expired(std::chrono::sys_seconds before, std::int64_t limit)
{
    auto remove = prepare(
        sql_,
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions "
        "WHERE refresh_expires < :before OR absolute_end < :before LIMIT :limit)",
        use(before, "before"),
        use(limit, "limit")
    );
    return run(remove);
}

}  // namespace jwtgate::store
