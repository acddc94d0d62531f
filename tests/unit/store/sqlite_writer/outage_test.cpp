#include "unit/store/sqlite_writer/queue.hpp"

#include <boost/test/unit_test.hpp>

#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string>

using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::sqlite_writer;
using jwtgate::store::tables;

namespace {

struct logged : queue {
    static constexpr char const* full = "error database_away reason=\"database or disk is full\"";
    core::log log{core::log_level::info, core::log_format::text};

    /// What the writer logs meanwhile, without the times.
    template <class Steps>
    names said_of(Steps steps)
    {
        auto const said = captured_stderr([&] {
            steps(restart(log));
            writer.reset();
            log.flush();
        });
        names lines;
        for (auto const& line : lines_of(said)) lines.push_back(line.substr(line.find(' ') + 1));
        return lines;
    }

    /// As SQLite itself ends the transaction then.
    sqlite_writer::job filling_the_disk(soci::session& at)
    {
        return job("a", [&at](tables&) {
            at << "ROLLBACK";
            throw soci::sqlite3_soci_error("", SQLITE_FULL);
        });
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(store_sqlite_writer_outage)

BOOST_FIXTURE_TEST_CASE(a_lock_held_elsewhere_makes_busy_and_passes, queue)
{
    auto const other = store::open_writer(file);
    *other << "BEGIN IMMEDIATE";
    push_and_wait(adding("a"));
    *other << "ROLLBACK";
    push(adding("b"));
    BOOST_TEST((users() == names{"b"}));
    BOOST_TEST((events == names{"busy a", "run b", "done b"}));
}

BOOST_FIXTURE_TEST_CASE(nothing_is_done_in_a_file_that_lost_its_name, queue)
{
    push_and_wait(adding("a"));
    std::filesystem::rename(file, directory / "elsewhere");
    auto lost = adding("b");
    lost.ends = store::test::ends({"s1"});
    push_and_wait(lost);
    std::filesystem::rename(directory / "elsewhere", file);
    push_and_wait(adding("c"));
    BOOST_TEST((ended_when_closed() == names{"s1"}));
    BOOST_TEST((users() == names{"a", "c"}));
    BOOST_TEST((events == names{"run a", "done a", "busy b", "run c", "done c"}));
}

BOOST_FIXTURE_TEST_CASE(a_file_that_loses_its_name_before_the_commit_makes_busy, queue)
{
    push_and_wait(job("a", [this](tables& db) {
        db.add_user(named("a")).value();
        std::filesystem::rename(file, directory / "elsewhere");
    }));
    writer.reset();
    BOOST_TEST((events == names{"run a", "busy a"}));
}

BOOST_FIXTURE_TEST_CASE(what_changes_nothing_ends_no_outage, logged)
{
    auto const lines = said_of([this](soci::session& at) {
        for (int i = 0; i < 2; ++i) {
            push_and_wait(filling_the_disk(at));
            push_and_wait(job("b", [](tables&) {}));
        }
        push_and_wait(adding("c"));
    });
    BOOST_TEST((lines == names{full, "info database_back"}));
    BOOST_TEST(
        (events ==
         names{"run a", "busy a", "run b", "done b", "run a", "busy a", "run b", "done b", "run c", "done c"})
    );
}

BOOST_FIXTURE_TEST_CASE(what_was_undone_ends_no_outage, logged)
{
    auto const lines = said_of([this](soci::session& at) {
        for (int i = 0; i < 2; ++i) {
            push_and_wait(filling_the_disk(at));
            push_and_wait(job("b", [](tables& db) {
                db.add_user(named("b")).value();
                throw soci::sqlite3_soci_error("", SQLITE_FULL);
            }));
        }
    });
    BOOST_TEST((lines == names{full}));
    BOOST_TEST(users().empty());
}

BOOST_FIXTURE_TEST_CASE(what_concerns_one_job_alone_is_no_outage, logged)
{
    auto const lines = said_of([this](soci::session&) {
        push_and_wait(job("a", [](tables&) { throw std::runtime_error("it cannot be read"); }));
        push_and_wait(job("b", [](tables&) { throw soci::sqlite3_soci_error("", SQLITE_CONSTRAINT); }));
        push_and_wait(adding("c"));
    });
    BOOST_TEST(
        (lines ==
         names{
             "error database_job_failed reason=\"it cannot be read\"",
             "error database_job_failed reason=\"constraint failed\"",
         })
    );
    BOOST_TEST((events == names{"run a", "busy a", "run b", "busy b", "run c", "done c"}));
}

BOOST_FIXTURE_TEST_CASE(says_why_it_is_busy_until_it_is_not, queue)
{
    BOOST_TEST(writer->why_busy() == "");
    push_and_wait(job("a", [](tables&) { throw soci::sqlite3_soci_error("", SQLITE_FULL); }));
    BOOST_TEST(writer->why_busy() == "database or disk is full");
    push_and_wait(adding("b"));
    BOOST_TEST(writer->why_busy() == "");
}

BOOST_AUTO_TEST_SUITE_END()
