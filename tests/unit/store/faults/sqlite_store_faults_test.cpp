#include "store/sqlite_store.hpp"
#include "unit/store/faults/life.hpp"

#include <boost/test/unit_test.hpp>

#include <sqlite3.h>

#include <filesystem>
#include <string>

using namespace jwtgate;
using namespace jwtgate::store::test;

namespace {

void check_integrity(std::filesystem::path const& file)
{
    auto const sql = store::open_reader(file);
    std::string verdict;
    *sql << "PRAGMA integrity_check", soci::into(verdict);
    BOOST_TEST(verdict == "ok");
}

// Whether the fault was met.
bool live(std::filesystem::path const& database, fault planned)
{
    faulty_files const in_place;
    temporary_directory const directory;
    auto const file = directory / "a.db";
    copy_database(database, file, loss::of_process);
    for (auto const& name : {file.native(), file.native() + "-wal"}) {
        if (std::filesystem::exists(name)) std::filesystem::copy_file(name, left_by(loss::of_power, name));
    }
    {
        life one{.file = file};
        faulty_files::arm(planned);
        auto const given = one.log_in();
        one.log_out(given, one.refresh(given));
    }
    bool const has_struck = faulty_files::disarm();
    check_integrity(file);
    return has_struck;
}

// Every operation of the kind fails in one life or another. Returns how many there were.
int live_through(std::filesystem::path const& database, fault planned)
{
    for (planned.nth = 1; planned.nth < 1000; ++planned.nth) {
        BOOST_TEST_CONTEXT("the operation of number " << planned.nth)
        if (!live(database, planned)) break;
    }
    return planned.nth - 1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_faults_sqlite_store_faults)

BOOST_AUTO_TEST_CASE(a_write_that_fails_makes_no_answer_false)
{
    prepared const users;
    for (int const code : {SQLITE_FULL, SQLITE_IOERR_WRITE}) {
        BOOST_TEST(live_through(users.file, {.what = operation::write, .code = code}) > 10);
    }
}

BOOST_AUTO_TEST_CASE(a_sync_that_fails_makes_no_answer_false)
{
    prepared const users;
    for (int const times : {1, fault::for_ever}) {
        fault const unsynced{.what = operation::sync, .code = SQLITE_IOERR_FSYNC, .times = times};
        BOOST_TEST(live_through(users.file, unsynced) > 3);
    }
}

BOOST_AUTO_TEST_CASE(a_commit_that_fails_makes_no_answer_false)
{
    prepared const users;
    for (int const times : {1, fault::for_ever}) {
        BOOST_TEST(live_through(users.file, {.what = operation::commit, .times = times}) == 3);
    }
}

BOOST_AUTO_TEST_CASE(a_read_that_fails_makes_no_answer_false)
{
    prepared const users;
    for (int const times : {1, fault::for_ever}) {
        fault const unread{.what = operation::read, .code = SQLITE_IOERR_READ, .times = times};
        BOOST_TEST(live_through(users.file, unread) > 3);
    }
}

BOOST_AUTO_TEST_CASE(a_lock_that_is_not_had_makes_no_answer_false)
{
    prepared const users;
    BOOST_TEST(live_through(users.file, {.what = operation::lock, .code = SQLITE_BUSY}) > 5);
}

// More syncs than in a life whose only checkpoint comes at its end.
BOOST_AUTO_TEST_CASE(neither_does_a_disk_that_stays_full_nor_a_checkpoint_that_fails)
{
    prepared const short_log;
    prepared_for_a_checkpoint const users;
    fault const unsynced{.what = operation::sync, .code = SQLITE_IOERR_FSYNC};
    BOOST_TEST(live_through(users.file, unsynced) > live_through(short_log.file, unsynced));
    fault const full{.what = operation::write, .code = SQLITE_FULL, .times = fault::for_ever};
    BOOST_TEST(live_through(users.file, full) > live_through(short_log.file, full));
}

BOOST_AUTO_TEST_SUITE_END()
