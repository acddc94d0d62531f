#include "store/session_rows.hpp"

namespace jwtgate::store {
namespace {

using soci::into;
using soci::use;

std::string find_text()
{
    return std::string("SELECT ") + session_row::columns + ", " + user_row::columns +
           " FROM sessions JOIN users ON users.id = sessions.user_id "
           "LEFT JOIN ended_sessions ON ended_sessions.id = sessions.id WHERE sessions.id = :id";
}

constexpr char const* add_text =
    "INSERT INTO sessions (id, user_id, counter, created, rotated_at, prev_rotated_at, rotated_kid, "
    "refresh_expires, "
    "absolute_end, csrf_access, csrf_refresh, address, user_agent) VALUES (:id, :user, :counter, :created, "
    ":rotated, "
    ":prev, :kid, :expires, :end, :csrf_access, :csrf_refresh, :address, :agent)";

constexpr char const* rotate_text =
    "UPDATE sessions SET counter = counter + 1, prev_rotated_at = rotated_at, rotated_at = :at, rotated_kid "
    "= :kid, "
    "refresh_expires = :expires WHERE id = :id AND counter = :counter AND refresh_expires > :at AND "
    "absolute_end > :at "
    "AND NOT EXISTS (SELECT 1 FROM ended_sessions WHERE ended_sessions.id = sessions.id) "
    "AND EXISTS (SELECT 1 FROM users WHERE users.id = sessions.user_id AND users.enabled = 1)";

constexpr char const* end_text =
    "INSERT INTO ended_sessions (id, ended_at) VALUES (:id, :at) ON CONFLICT (id) DO NOTHING";

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

soci::statement prepare_rotate(soci::session& sql, auth::rotation const& next)
{
    return prepare(
        sql,
        rotate_text,
        use(next.at, "at"),
        use(next.key_id, "kid"),
        use(next.refresh_expires, "expires"),
        use(next.session, "id"),
        use(next.from_counter, "counter")
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
    select.exchange(into(session_.revoked));
    user_.define(select);
}

session_rows::session_rows(soci::session& sql)
    : sql_{sql},
      find_{prepare_select(sql, find_text(), row_, use(id_, "id"))},
      add_{prepare_add(sql, added_)},
      rotate_{prepare_rotate(sql, rotation_)},
      end_{prepare(sql, end_text, use(ended_.id, "id"), use(ended_.ended_at, "at"))}
{}

std::optional<auth::session_and_user> session_rows::find(std::string const& id)
{
    id_ = id;
    if (!fetch_one(find_)) return std::nullopt;
    return row_.value();
}

void session_rows::add(auth::session const& started)
{
    added_ = started;
    run(add_);
}

bool session_rows::rotate(auth::rotation const& next)
{
    rotation_ = next;
    return run(rotate_) == 1;
}

std::vector<std::string> session_rows::live(std::int64_t user_id)
{
    std::vector<std::string> ids;
    std::string id;
    auto select = prepare(
        sql_,
        "SELECT id FROM sessions WHERE user_id = :user "
        "AND NOT EXISTS (SELECT 1 FROM ended_sessions WHERE ended_sessions.id = sessions.id) ORDER BY id",
        into(id),
        use(user_id, "user")
    );
    select.execute();
    while (select.fetch()) ids.push_back(id);
    return ids;
}

void session_rows::end(std::string const& id, std::chrono::sys_seconds now)
{
    ended_ = {id, now};
    run(end_);
}

std::vector<auth::ended_session> session_rows::ended_since(std::chrono::sys_seconds since)
{
    std::vector<auth::ended_session> ended;
    auth::ended_session row;
    auto select = prepare(
        sql_,
        "SELECT id, ended_at FROM ended_sessions WHERE ended_at >= :since ORDER BY ended_at, id",
        into(row.id),
        into(row.ended_at),
        use(since, "since")
    );
    select.execute();
    while (select.fetch()) ended.push_back(row);
    return ended;
}

std::int64_t session_rows::purge_ended(std::chrono::sys_seconds before, std::int64_t limit)
{
    std::string const ended =
        "IN (SELECT id FROM ended_sessions WHERE ended_at < :before ORDER BY ended_at, id LIMIT :limit)";
    auto rows =
        prepare(sql_, "DELETE FROM sessions WHERE id " + ended, use(before, "before"), use(limit, "limit"));
    auto marks = prepare(
        sql_, "DELETE FROM ended_sessions WHERE id " + ended, use(before, "before"), use(limit, "limit")
    );
    run(rows);
    return run(marks);
}

std::int64_t session_rows::purge_expired(std::chrono::sys_seconds before, std::int64_t limit)
{
    auto remove = prepare(
        sql_,
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions "
        "WHERE (refresh_expires < :before OR absolute_end < :before) "
        "AND NOT EXISTS (SELECT 1 FROM ended_sessions WHERE ended_sessions.id = sessions.id) LIMIT :limit)",
        use(before, "before"),
        use(limit, "limit")
    );
    return run(remove);
}

std::chrono::seconds session_rows::note_access_ttl(std::chrono::seconds ttl)
{
    long long seconds = ttl.count();
    sql_ << "INSERT INTO meta (name, value) VALUES ('longest_access_ttl', :ttl) ON CONFLICT (name) "
            "DO UPDATE SET value = excluded.value WHERE meta.value < excluded.value",
        use(seconds, "ttl");
    sql_ << "SELECT value FROM meta WHERE name = 'longest_access_ttl'", into(seconds);
    return std::chrono::seconds{seconds};
}

}  // namespace jwtgate::store
