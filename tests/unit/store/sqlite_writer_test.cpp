#include "store/sqlite_writer.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <latch>

using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::sqlite_writer;
using jwtgate::store::tables;

namespace {

using names = std::vector<std::string>;

// All that happens on the writer's thread; read it when the writer is gone.
struct queue : database {
    names events;
    soci::session& connection = *sql;
    std::unique_ptr<sqlite_writer> writer = std::make_unique<sqlite_writer>(std::move(sql), silent());

    sqlite_writer::job job(std::string const& name, std::function<void(tables&)> const& run)
    {
        return {
            .run =
                [this, name, run](tables& db) {
                    events.push_back("run " + name);
                    run(db);
                },
            .finish = [this, name](bool durable) { events.push_back((durable ? "done " : "busy ") + name); },
        };
    }

    sqlite_writer::job adding(std::string const& name)
    {
        return job(name, [name](tables& db) { db.add_user(named(name)).value(); });
    }

    sqlite_writer::job breaking_commit(std::string const& name)
    {
        return job(name, [this](tables&) {
            connection << "PRAGMA defer_foreign_keys = ON";  // a broken reference then shows in COMMIT only
            connection << "INSERT INTO sessions VALUES ('s', 99, 1, 0, 0, 0, '', 0, 0, '', '', '', '')";
        });
    }

    void push(sqlite_writer::job one) const { BOOST_TEST(writer->push(one)); }

    void push_and_wait(sqlite_writer::job one) const
    {
        std::latch answered{1};
        one.finish = [&answered, finish = one.finish](bool durable) {
            finish(durable);
            answered.count_down();
        };
        push(one);
        answered.wait();
    }

    names ended_when_closed()
    {
        writer.reset();
        auto const reopened = store::open_writer(directory / "a.db");
        return tables(*reopened).ended_sessions("", 100).value();
    }

    names users()
    {
        writer.reset();
        auto const reopened = store::open_writer(directory / "a.db");
        names found;
        for (auto const& user : tables(*reopened).list_users().value()) found.push_back(user.name);
        return found;
    }
};

// Keeps the writer's thread busy, so that what is pushed meanwhile makes one batch.
struct blocked : queue {
    std::latch running{1};
    std::latch open{1};

    blocked()
    {
        push({
            .run =
                [this](tables&) {
                    running.count_down();
                    open.wait();
                },
            .finish = [](bool) {},
        });
        running.wait();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(store_sqlite_writer)

BOOST_FIXTURE_TEST_CASE(what_waits_is_answered_after_one_common_commit, blocked)
{
    push(adding("a"));
    push(adding("b"));
    open.count_down();
    BOOST_TEST((users() == names{"a", "b"}));
    BOOST_TEST((events == names{"run a", "run b", "done a", "done b"}));
}

BOOST_FIXTURE_TEST_CASE(a_job_that_fails_is_undone_alone, blocked)
{
    push(adding("a"));
    push(job("b", [](tables& db) {
        db.add_user(named("b"));
        throw soci::soci_error("it fails");
    }));
    push(adding("c"));
    open.count_down();
    BOOST_TEST((users() == names{"a", "c"}));
    BOOST_TEST((events == names{"run a", "run b", "run c", "done a", "busy b", "done c"}));
}

BOOST_FIXTURE_TEST_CASE(nothing_of_a_batch_counts_when_its_commit_fails, blocked)
{
    push(adding("a"));
    push(breaking_commit("b"));
    open.count_down();
    BOOST_TEST(users().empty());
    BOOST_TEST((events == names{"run a", "run b", "busy a", "busy b"}));
}

BOOST_FIXTURE_TEST_CASE(works_again_after_a_commit_that_failed, queue)
{
    push_and_wait(breaking_commit("a"));
    push(adding("b"));
    BOOST_TEST((users() == names{"b"}));
    BOOST_TEST((events == names{"run a", "busy a", "run b", "done b"}));
}

BOOST_FIXTURE_TEST_CASE(a_job_that_ends_the_transaction_fails_its_batch, blocked)
{
    push(adding("a"));
    push(job("b", [this](tables&) {
        connection << "ROLLBACK";  // as SQLite itself does when the disk is full
        throw soci::soci_error("database or disk is full");
    }));
    open.count_down();
    BOOST_TEST(users().empty());
    BOOST_TEST((events == names{"run a", "run b", "busy a", "busy b"}));
}

BOOST_FIXTURE_TEST_CASE(refuses_what_the_queue_cannot_hold, blocked)
{
    std::size_t finished = 0;
    sqlite_writer::job const one{
        .run = [](tables&) {}, .finish = [&finished](bool durable) { finished += durable ? 1 : 0; }};
    for (std::size_t i = 0; i < sqlite_writer::queue_limit; ++i) push(one);
    auto beyond = adding("beyond");
    BOOST_TEST(!writer->push(beyond));
    BOOST_TEST((beyond.run != nullptr));
    open.count_down();
    BOOST_TEST(users().empty());
    BOOST_TEST(finished == sqlite_writer::queue_limit);
}

BOOST_FIXTURE_TEST_CASE(a_lock_held_elsewhere_makes_busy_and_passes, queue)
{
    auto const other = store::open_writer(directory / "a.db");
    *other << "BEGIN IMMEDIATE";
    push_and_wait(adding("a"));
    *other << "ROLLBACK";
    push(adding("b"));
    BOOST_TEST((users() == names{"b"}));
    BOOST_TEST((events == names{"busy a", "run b", "done b"}));
}

BOOST_FIXTURE_TEST_CASE(ends_that_failed_are_written_with_the_next_that_commits, blocked)
{
    auto failing = breaking_commit("a");
    failing.ends = store::test::ends({"s1"});
    push(failing);
    open.count_down();
    auto undone = job("b", [](tables&) { throw soci::soci_error("it fails"); });
    undone.ends = store::test::ends({"s2"});
    push_and_wait(undone);
    push_and_wait(breaking_commit("c"));
    BOOST_TEST((ended_when_closed() == names{"s1", "s2"}));
}

BOOST_FIXTURE_TEST_CASE(ends_that_the_queue_cannot_hold_are_written_all_the_same, blocked)
{
    sqlite_writer::job const one{.run = [](tables&) {}, .finish = [](bool) {}};
    for (std::size_t i = 0; i < sqlite_writer::queue_limit; ++i) push(one);
    auto beyond = one;
    beyond.ends = store::test::ends({"s1"});
    BOOST_TEST(!writer->push(beyond));
    open.count_down();
    BOOST_TEST((ended_when_closed() == names{"s1"}));
}

BOOST_FIXTURE_TEST_CASE(ends_of_a_job_that_was_done_are_its_own_affair, queue)
{
    auto done = adding("a");
    done.ends = store::test::ends({"s1"});
    push_and_wait(done);
    BOOST_TEST(ended_when_closed().empty());
}

BOOST_FIXTURE_TEST_CASE(nothing_is_done_in_a_file_that_lost_its_name, queue)
{
    push_and_wait(adding("a"));
    std::filesystem::rename(directory / "a.db", directory / "elsewhere");
    auto lost = adding("b");
    lost.ends = store::test::ends({"s1"});
    push_and_wait(lost);
    std::filesystem::rename(directory / "elsewhere", directory / "a.db");
    push_and_wait(adding("c"));
    BOOST_TEST((ended_when_closed() == names{"s1"}));
    BOOST_TEST((users() == names{"a", "c"}));
    BOOST_TEST((events == names{"run a", "done a", "busy b", "run c", "done c"}));
}

BOOST_FIXTURE_TEST_CASE(a_file_that_loses_its_name_before_the_commit_makes_busy, queue)
{
    push_and_wait(job("a", [this](tables& db) {
        db.add_user(named("a")).value();
        std::filesystem::rename(directory / "a.db", directory / "elsewhere");
    }));
    writer.reset();
    BOOST_TEST((events == names{"run a", "busy a"}));
}

BOOST_FIXTURE_TEST_CASE(what_changes_nothing_ends_no_outage, queue)
{
    core::log const log(core::log_level::info, core::log_format::text);
    auto const said = captured_stderr([&] {
        writer.reset();
        auto reopened = store::open_writer(directory / "a.db");
        auto const full = [&at = *reopened](tables&) {
            at << "ROLLBACK";
            throw soci::soci_error("database or disk is full");
        };
        writer = std::make_unique<sqlite_writer>(std::move(reopened), log);
        for (int i = 0; i < 2; ++i) {
            push_and_wait(job("a", full));
            push_and_wait(job("b", [](tables&) {}));
        }
        push_and_wait(adding("c"));
        writer.reset();
        log.flush();
    });
    auto const lines = lines_of(said);
    BOOST_TEST_REQUIRE(lines.size() == 2U);
    BOOST_TEST(lines[0].find("error database_away reason=\"database or disk is full\"") != std::string::npos);
    BOOST_TEST(lines[1].find("info database_back") != std::string::npos);
    BOOST_TEST(
        (events ==
         names{"run a", "busy a", "run b", "done b", "run a", "busy a", "run b", "done b", "run c", "done c"})
    );
}

BOOST_FIXTURE_TEST_CASE(says_how_many_ends_it_could_not_write, queue)
{
    core::log const log(core::log_level::info, core::log_format::text);
    auto const other = store::open_writer(directory / "a.db");
    auto const said = captured_stderr([&] {
        writer.reset();
        writer = std::make_unique<sqlite_writer>(store::open_writer(directory / "a.db"), log);
        *other << "BEGIN IMMEDIATE";
        auto failing = adding("a");
        failing.ends = store::test::ends({"s1", "s2"});
        push_and_wait(failing);
        writer.reset();
        log.flush();
    });
    BOOST_TEST(said.find("error ended_sessions_not_written count=2\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(closing_leaves_one_file, queue)
{
    push(adding("a"));
    writer.reset();
    auto const files = directory.contents();
    BOOST_TEST(files.size() == 1U);
    BOOST_TEST(files.contains("a.db"));
}

BOOST_AUTO_TEST_SUITE_END()
