#include "store/user_rows.hpp"

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

}  // namespace jwtgate::store
