#include "store/rows/user_rows.hpp"

#include <sstream>

namespace jwtgate::store {
namespace {

using soci::into;
using soci::use;

// A role holds no space.
std::string join(std::vector<std::string> const& roles)
{
    std::string text;
    for (auto const& role : roles) text.append(text.empty() ? "" : " ").append(role);
    return text;
}

std::vector<std::string> split(std::string const& text)
{
    std::istringstream words(text);
    std::vector<std::string> roles;
    for (std::string role; words >> role;) roles.push_back(role);
    return roles;
}

std::string select_users(std::string const& rest)
{
    return std::string("SELECT ") + user_row::columns + " FROM users " + rest;
}

}  // namespace

void user_row::define(soci::statement& select)
{
    select.exchange(into(user_.id));
    select.exchange(into(user_.name));
    select.exchange(into(user_.password_hash));
    select.exchange(into(user_.password_version));
    select.exchange(into(user_.enabled));
    select.exchange(into(roles_));
    select.exchange(into(user_.created));
}

auth::user user_row::value() const
{
    auto user = user_;
    user.roles = split(roles_);
    return user;
}

user_rows::user_rows(soci::session& sql)
    : sql_{sql},
      find_by_name_{prepare_select(sql, select_users("WHERE name = :name"), row_, use(name_, "name"))},
      find_by_id_{prepare_select(sql, select_users("WHERE id = :id"), row_, use(id_, "id"))}
{}

std::optional<auth::user> user_rows::find(std::string const& name)
{
    name_ = name;
    if (!fetch_one(find_by_name_)) return std::nullopt;
    return row_.value();
}

std::optional<auth::user> user_rows::find(std::int64_t id)
{
    id_ = id;
    if (!fetch_one(find_by_id_)) return std::nullopt;
    return row_.value();
}

std::vector<auth::user> user_rows::all()
{
    std::vector<auth::user> users;
    auto select = prepare_select(sql_, select_users("ORDER BY name"), row_);
    select.execute();
    while (select.fetch()) users.push_back(row_.value());
    return users;
}

bool user_rows::add(auth::user const& added)
{
    auto const roles = join(added.roles);
    auto insert = prepare(
        sql_,
        "INSERT INTO users (name, password_hash, password_version, enabled, roles, created) "
        "VALUES (:name, :hash, :version, :enabled, :roles, :created) ON CONFLICT (name) DO NOTHING",
        use(added.name, "name"),
        use(added.password_hash, "hash"),
        use(added.password_version, "version"),
        use(added.enabled, "enabled"),
        use(roles, "roles"),
        use(added.created, "created")
    );
    return run(insert) == 1;
}

void user_rows::update(auth::user const& changed)
{
    auto const roles = join(changed.roles);
    auto update = prepare(
        sql_,
        "UPDATE users SET password_hash = :hash, password_version = :version, enabled = :enabled, roles = "
        ":roles "
        "WHERE id = :id",
        use(changed.password_hash, "hash"),
        use(changed.password_version, "version"),
        use(changed.enabled, "enabled"),
        use(roles, "roles"),
        use(changed.id, "id")
    );
    run(update);
}

void user_rows::remove(std::int64_t id)
{
    sql_ << "DELETE FROM users WHERE id = :id", use(id, "id");
}

void user_rows::replace_hash(auth::user_as_seen seen, std::string const& password_hash)
{
    sql_ << "UPDATE users SET password_hash = :hash WHERE id = :id AND password_version = :version",
        use(password_hash, "hash"), use(seen.id, "id"), use(seen.password_version, "version");
}

void user_rows::cut_off(std::string const& name, auth::cutoff at)
{
    sql_ << "INSERT INTO user_cutoffs (name, issued_before, keep_until) VALUES (:name, :before, :keep) "
            "ON CONFLICT (name) DO UPDATE SET issued_before = excluded.issued_before, "
            "keep_until = excluded.keep_until WHERE excluded.issued_before > user_cutoffs.issued_before",
        use(name, "name"), use(at.issued_before, "before"), use(at.keep_until, "keep");
}

void user_rows::let_in(std::string const& name, std::chrono::sys_seconds now)
{
    sql_ << "UPDATE user_cutoffs SET issued_before = :now WHERE name = :name AND issued_before > :now",
        use(now, "now"), use(name, "name");
}

std::vector<auth::user_cutoff> user_rows::cutoffs()
{
    std::vector<auth::user_cutoff> all;
    auth::user_cutoff row;
    auto select = prepare(
        sql_,
        "SELECT name, issued_before FROM user_cutoffs ORDER BY name",
        into(row.name),
        into(row.issued_before)
    );
    select.execute();
    while (select.fetch()) all.push_back(row);
    return all;
}

std::int64_t user_rows::purge_cutoffs(std::chrono::sys_seconds before, std::int64_t limit)
{
    auto remove = prepare(
        sql_,
        "DELETE FROM user_cutoffs WHERE name IN (SELECT name FROM user_cutoffs WHERE keep_until < :before "
        "LIMIT :limit)",
        use(before, "before"),
        use(limit, "limit")
    );
    return run(remove);
}

}  // namespace jwtgate::store
