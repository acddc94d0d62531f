#include "store/sqlite_schema.hpp"

#include <array>
#include <stdexcept>
#include <string>

namespace jwtgate::store {
namespace {

// AUTOINCREMENT: the id of a deleted user is never given to another.
constexpr auto first_version = std::to_array<char const*>({
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT",
    "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, password_hash TEXT "
    "NOT NULL, "
    "password_version INTEGER NOT NULL, enabled INTEGER NOT NULL, roles TEXT NOT NULL, created INTEGER NOT "
    "NULL) STRICT",
    "CREATE TABLE sessions (id TEXT PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE "
    "CASCADE, "
    "counter INTEGER NOT NULL, created INTEGER NOT NULL, rotated_at INTEGER NOT NULL, prev_rotated_at "
    "INTEGER NOT NULL, "
    "rotated_kid TEXT NOT NULL, refresh_expires INTEGER NOT NULL, absolute_end INTEGER NOT NULL, "
    "csrf_access TEXT NOT NULL, csrf_refresh TEXT NOT NULL, address TEXT NOT NULL, user_agent TEXT NOT NULL) "
    "STRICT, WITHOUT ROWID",
    "CREATE INDEX sessions_of_user ON sessions (user_id)",
    "CREATE INDEX sessions_by_refresh_expires ON sessions (refresh_expires)",
    "CREATE INDEX sessions_by_absolute_end ON sessions (absolute_end)",
    "CREATE TABLE ended_sessions (id TEXT PRIMARY KEY, ended_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX ended_sessions_by_time ON ended_sessions (ended_at)",
});

// What ended in the first version says when, but not how long its tokens may live: longer than a session ever
// did by default. One whose row is there lives until its absolute end, and a day is the margin.
constexpr auto second_version = std::to_array<char const*>({
    "CREATE TABLE user_cutoffs (name TEXT PRIMARY KEY, issued_before INTEGER NOT NULL, keep_until INTEGER "
    "NOT "
    "NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX user_cutoffs_by_keep_until ON user_cutoffs (keep_until)",
    "ALTER TABLE ended_sessions ADD COLUMN keep_until INTEGER NOT NULL DEFAULT 0",
    "UPDATE ended_sessions SET keep_until = coalesce((SELECT absolute_end FROM sessions WHERE sessions.id = "
    "ended_sessions.id), ended_at + 366 * 86400) + 86400",
    "DROP INDEX ended_sessions_by_time",
    "ALTER TABLE ended_sessions DROP COLUMN ended_at",
    "CREATE INDEX ended_sessions_by_keep_until ON ended_sessions (keep_until)",
    "DELETE FROM sessions WHERE id IN (SELECT id FROM ended_sessions)",
    "DELETE FROM meta WHERE name = 'longest_access_ttl'",
});

// What is counted of failed logins is known by hashes under a key that nobody else has.
constexpr auto third_version = std::to_array<char const*>({
    "CREATE TABLE login_guard (id INTEGER PRIMARY KEY CHECK (id = 1), hash_key_1 INTEGER NOT NULL, "
    "hash_key_2 INTEGER NOT NULL, clock INTEGER NOT NULL) STRICT",
    "INSERT INTO login_guard VALUES (1, random(), random(), 0)",
    "CREATE TABLE failed_logins (key INTEGER PRIMARY KEY, gone_at INTEGER NOT NULL) STRICT",
    "CREATE INDEX failed_logins_by_gone_at ON failed_logins (gone_at)",
});

constexpr auto fourth_version = std::to_array<char const*>({
    "CREATE TABLE invites (user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE, "
    "digest TEXT NOT NULL UNIQUE, expires INTEGER NOT NULL) STRICT",
});

constexpr std::array<migration, 4> migrations = {
    first_version, second_version, third_version, fourth_version};

int count_tables(soci::session& sql, std::string const& pattern)
{
    int count = 0;
    sql << "SELECT count(*) FROM sqlite_master WHERE name LIKE :name", soci::use(pattern, "name"),
        soci::into(count);
    return count;
}

int read_version(soci::session& sql)
{
    if (count_tables(sql, "%") == 0) return 0;
    if (count_tables(sql, "meta") == 0) throw std::runtime_error("it is the database of another program");
    int version = 0;
    sql << "SELECT value FROM meta WHERE name = 'schema_version'", soci::into(version);
    if (!sql.got_data()) throw std::runtime_error("it does not say which schema it has");
    return version;
}

void step(soci::session& sql, migration statements, int version)
{
    sql << "BEGIN IMMEDIATE";
    for (auto const* const statement : statements) sql << statement;
    sql << "INSERT INTO meta (name, value) VALUES ('schema_version', :version) "
           "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        soci::use(version, "version");
    sql << "COMMIT";
}

}  // namespace

std::span<migration const> sqlite_migrations()
{
    return migrations;
}

int check_version(soci::session& sql, int newest)
{
    int const version = read_version(sql);
    if (version <= newest) return version;
    throw std::runtime_error(
        "its schema has version " + std::to_string(version) + ", this program knows up to " +
        std::to_string(newest)
    );
}

void migrate(soci::session& sql, std::span<migration const> migrations)
{
    int const newest = static_cast<int>(migrations.size());
    for (int version = check_version(sql, newest); version < newest; ++version) {
        step(sql, migrations[static_cast<std::size_t>(version)], version + 1);
    }
}

}  // namespace jwtgate::store
