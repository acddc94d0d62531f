#include "store/sqlite_connection.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace jwtgate::store;
using namespace jwtgate::store::test;

namespace {

constexpr std::streamoff page = 4096;

std::string pragma(soci::session& sql, std::string const& name)
{
    std::string value;
    sql << "PRAGMA " << name, soci::into(value);
    return value;
}

void make_database(std::filesystem::path const& file)
{
    migrate(*open_writer(file), sqlite_migrations());
}

// A database of several pages whose newest commits stand in the write-ahead log only.
int leave_log(std::filesystem::path const& file, int version)
{
    return in_child([&file, version] {
        auto* const sql = open_writer(file).release();  // never closed
        migrate(*sql, sqlite_migrations());
        *sql << "UPDATE meta SET value = " << version;
        return 0;
    });
}

void overwrite(std::filesystem::path const& file, std::streamoff at, std::size_t bytes)
{
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(at);
    out << std::string(bytes, '\xa5');
}

// What inspect says; it has to leave every byte of the directory alone.
std::string verdict(temporary_directory const& directory, std::string const& name)
{
    auto const before = directory.contents();
    std::string said = "fine";
    try {
        inspect(directory / name, static_cast<int>(sqlite_migrations().size()));
    } catch (std::exception const& failure) {
        said = reason_of(failure);
    }
    BOOST_TEST((directory.contents() == before));
    return said;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_sqlite_connection)

BOOST_AUTO_TEST_CASE(the_writer_syncs_every_commit_and_checkpoints)
{
    temporary_directory const directory;
    auto const sql = open_writer(directory / "a.db");
    BOOST_TEST(pragma(*sql, "journal_mode") == "wal");
    BOOST_TEST(pragma(*sql, "synchronous") == "2");
    BOOST_TEST(pragma(*sql, "foreign_keys") == "1");
    BOOST_TEST(pragma(*sql, "busy_timeout") == "1000");
    BOOST_TEST(pragma(*sql, "wal_autocheckpoint") == "1000");
}

BOOST_AUTO_TEST_CASE(the_reader_neither_writes_nor_checkpoints)
{
    temporary_directory const directory;
    auto const writer = open_writer(directory / "a.db");
    migrate(*writer, sqlite_migrations());
    auto const reader = open_reader(directory / "a.db");
    BOOST_TEST(pragma(*reader, "query_only") == "1");
    BOOST_TEST(pragma(*reader, "wal_autocheckpoint") == "0");
    BOOST_CHECK_EXCEPTION(
        *reader << "DELETE FROM users",
        soci::soci_error,
        [](soci::soci_error const& failure) {
            return reason_of(failure) == "attempt to write a readonly database";
        }
    );
}

BOOST_AUTO_TEST_CASE(opens_a_path_with_characters_of_the_connection_string)
{
    temporary_directory const directory;
    std::string const name = " two  spaces, an = sign.db";
    make_database(directory / name);
    BOOST_TEST(std::filesystem::exists(directory / name));
    BOOST_CHECK_THROW(open_writer(directory / "a\"quote.db"), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(inspecting_a_good_database_changes_nothing)
{
    temporary_directory const directory;
    make_database(directory / "a.db");
    BOOST_TEST(verdict(directory, "a.db") == "fine");
}

BOOST_AUTO_TEST_CASE(inspecting_reads_the_log_of_a_crash_and_leaves_it)
{
    temporary_directory const directory;
    BOOST_REQUIRE(leave_log(directory / "a.db", 1) == 0);
    BOOST_REQUIRE(std::filesystem::file_size(directory / "a.db-wal") > 0);
    BOOST_TEST(verdict(directory, "a.db") == "fine");
}

BOOST_AUTO_TEST_CASE(finds_a_newer_schema_that_only_the_log_shows)
{
    temporary_directory const directory;
    BOOST_REQUIRE(leave_log(directory / "a.db", 99) == 0);
    BOOST_TEST(verdict(directory, "a.db") == "its schema has version 99, this program knows up to 4");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_database)
{
    temporary_directory const directory;
    std::ofstream(directory / "a.db") << std::string(10'000, 'x');
    BOOST_TEST(verdict(directory, "a.db") == "file is not a database");
}

BOOST_AUTO_TEST_CASE(refuses_a_truncated_database)
{
    temporary_directory const directory;
    make_database(directory / "a.db");
    std::filesystem::resize_file(directory / "a.db", 3 * page);
    BOOST_TEST(verdict(directory, "a.db") == "database disk image is malformed");
}

BOOST_AUTO_TEST_CASE(refuses_damage_in_any_page)
{
    temporary_directory const directory;
    make_database(directory / "good.db");
    auto const pages = static_cast<std::streamoff>(std::filesystem::file_size(directory / "good.db")) / page;
    BOOST_REQUIRE(pages > 5);
    for (std::streamoff damaged = 1; damaged < pages; ++damaged) {
        std::filesystem::copy_file(
            directory / "good.db", directory / "bad.db", std::filesystem::copy_options::overwrite_existing
        );
        overwrite(directory / "bad.db", damaged * page, 64);
        auto const said = verdict(directory, "bad.db");
        BOOST_TEST(
            (said == "it is corrupt" || said == "database disk image is malformed"), damaged << ": " << said
        );
    }
}

BOOST_AUTO_TEST_CASE(another_connection_is_no_reason_to_refuse)
{
    temporary_directory const directory;
    auto const writer = open_writer(directory / "a.db");
    migrate(*writer, sqlite_migrations());
    BOOST_CHECK_NO_THROW(inspect(directory / "a.db", 1));
}

BOOST_AUTO_TEST_CASE(a_reason_never_holds_a_bound_value)
{
    temporary_directory const directory;
    auto const sql = open_writer(directory / "a.db");
    *sql << "CREATE TABLE t (a TEXT UNIQUE)";
    std::string const secret = "do-not-show";
    *sql << "INSERT INTO t VALUES (:a)", soci::use(secret, "a");
    try {
        *sql << "INSERT INTO t VALUES (:a)", soci::use(secret, "a");
        BOOST_ERROR("the second insert went through");
    } catch (std::exception const& failure) {
        BOOST_TEST(std::string(failure.what()).find(secret) != std::string::npos);
        BOOST_TEST(reason_of(failure) == "constraint failed");
    }
}

BOOST_AUTO_TEST_SUITE_END()
