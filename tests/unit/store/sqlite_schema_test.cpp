#include "store/sqlite_schema.hpp"

#include "store/sqlite_connection.hpp"
#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace jwtgate::store;
using namespace jwtgate::store::test;

namespace {

constexpr auto first =
    std::to_array<char const*>({"CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER)"});
constexpr auto second = std::to_array<char const*>({"CREATE TABLE colours (name TEXT)"});
constexpr auto broken =
    std::to_array<char const*>({"CREATE TABLE shapes (name TEXT)", "CREATE TABLE shapes (name TEXT)"});

int tables_named(soci::session& sql, std::string const& name)
{
    int count = 0;
    sql << "SELECT count(*) FROM sqlite_master WHERE name = :name", soci::use(name, "name"),
        soci::into(count);
    return count;
}

auto says(std::string const& text)
{
    return [text](std::exception const& failure) { return failure.what() == text; };
}

struct empty_database {
    temporary_directory directory;
    std::unique_ptr<soci::session> sql = open_writer(directory / "a.db");
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(store_sqlite_schema, empty_database)

BOOST_AUTO_TEST_CASE(an_empty_database_has_version_0)
{
    BOOST_TEST(check_version(*sql, 1) == 0);
}

BOOST_AUTO_TEST_CASE(the_migrations_lead_an_empty_database_to_the_newest_version)
{
    auto const newest = static_cast<int>(sqlite_migrations().size());
    migrate(*sql, sqlite_migrations());
    BOOST_TEST(check_version(*sql, newest) == newest);
    for (auto const* const name :
         {"users", "sessions", "ended_sessions", "user_cutoffs", "failed_logins", "login_guard"})
        BOOST_TEST(tables_named(*sql, name) == 1);
}

BOOST_AUTO_TEST_CASE(migrating_twice_changes_nothing)
{
    migrate(*sql, sqlite_migrations());
    *sql << "INSERT INTO users (name, password_hash, password_version, enabled, roles, created) "
            "VALUES ('alice', '', 1, 1, '', 0)";
    migrate(*sql, sqlite_migrations());
    int users = 0;
    *sql << "SELECT count(*) FROM users", soci::into(users);
    BOOST_TEST(users == 1);
}

// A file of the first version as it was made, with rows.
BOOST_AUTO_TEST_CASE(takes_over_what_has_ended_in_the_first_version)
{
    migrate(*sql, sqlite_migrations().first(1));
    *sql << "INSERT INTO users VALUES (1, 'alice', '', 1, 1, '', 0)";
    for (std::string const id : {"live", "ended"}) {
        *sql << "INSERT INTO sessions VALUES (:id, 1, 1, 100, 100, 0, 'kid', 200, 300, 'a', 'b', '::1', "
                "'agent')",
            soci::use(id);
    }
    *sql << "INSERT INTO ended_sessions VALUES ('ended', 150), ('rowless', 150)";
    *sql << "INSERT INTO meta VALUES ('longest_access_ttl', 3600)";
    migrate(*sql, sqlite_migrations());
    std::string sessions;
    std::string ended;
    std::string meta;
    *sql << "SELECT group_concat(id || refresh_expires) FROM sessions", soci::into(sessions);
    *sql << "SELECT group_concat(id || ' ' || keep_until) FROM ended_sessions", soci::into(ended);
    *sql << "SELECT group_concat(name || value) FROM meta", soci::into(meta);
    BOOST_TEST(sessions == "live200");
    BOOST_TEST(ended == "ended 86700,rowless 31708950");
    BOOST_TEST(meta == "schema_version4");
}

// What a second version holds is not touched by the third.
BOOST_AUTO_TEST_CASE(takes_over_a_second_version_and_gives_it_a_hash_key_of_its_own)
{
    migrate(*sql, sqlite_migrations().first(2));
    *sql << "INSERT INTO users VALUES (7, 'alice', 'hash', 3, 1, 'staff', 5)";
    *sql << "INSERT INTO ended_sessions VALUES ('ended', 150)";
    *sql << "INSERT INTO user_cutoffs VALUES ('alice', 100, 200)";
    migrate(*sql, sqlite_migrations());
    std::string kept;
    long long keys = 0;
    *sql << "SELECT users.name || roles || ended_sessions.keep_until || issued_before FROM users, "
            "ended_sessions, "
            "user_cutoffs",
        soci::into(kept);
    *sql << "SELECT count(*) FROM login_guard WHERE hash_key_1 <> hash_key_2 AND hash_key_1 <> 0 AND clock = "
            "0",
        soci::into(keys);
    BOOST_TEST(kept == "alicestaff150100");
    BOOST_TEST(keys == 1);
}

BOOST_AUTO_TEST_CASE(goes_on_from_the_version_that_is_there)
{
    std::array<migration, 2> const both{first, second};
    migrate(*sql, std::span(both).first(1));
    BOOST_TEST(check_version(*sql, 2) == 1);
    migrate(*sql, both);
    BOOST_TEST(check_version(*sql, 2) == 2);
    BOOST_TEST(tables_named(*sql, "colours") == 1);
}

BOOST_AUTO_TEST_CASE(a_migration_that_fails_leaves_no_trace)
{
    std::array<migration, 2> const steps{first, broken};
    BOOST_CHECK_THROW(migrate(*sql, steps), soci::soci_error);
    sql = open_writer(directory / "a.db");
    BOOST_TEST(check_version(*sql, 2) == 1);
    BOOST_TEST(tables_named(*sql, "shapes") == 0);
}

BOOST_AUTO_TEST_CASE(refuses_a_newer_schema)
{
    std::array<migration, 2> const both{first, second};
    migrate(*sql, both);
    auto const one = std::span(both).first(1);
    BOOST_CHECK_EXCEPTION(
        migrate(*sql, one), std::runtime_error, says("its schema has version 2, this program knows up to 1")
    );
}

BOOST_AUTO_TEST_CASE(refuses_the_tables_of_another_program)
{
    *sql << "CREATE TABLE other (name TEXT)";
    BOOST_CHECK_EXCEPTION(
        check_version(*sql, 1), std::runtime_error, says("it is the database of another program")
    );
}

BOOST_AUTO_TEST_CASE(refuses_a_schema_without_a_version)
{
    *sql << first.front();
    BOOST_CHECK_EXCEPTION(
        check_version(*sql, 1), std::runtime_error, says("it does not say which schema it has")
    );
}

BOOST_AUTO_TEST_SUITE_END()
