#include "unit/store/sqlite_writer/queue.hpp"

#include <boost/test/unit_test.hpp>

using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::sqlite_writer;
using jwtgate::store::tables;

BOOST_AUTO_TEST_SUITE(store_sqlite_writer_ends)

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

BOOST_FIXTURE_TEST_CASE(says_how_many_ends_it_could_not_write, queue)
{
    core::log const log(core::log_level::info, core::log_format::text);
    auto const other = store::open_writer(file);
    auto const said = captured_stderr([&] {
        restart(log);
        *other << "BEGIN IMMEDIATE";
        auto failing = adding("a");
        failing.ends = store::test::ends({"s1", "s2"});
        push_and_wait(failing);
        writer.reset();
        log.flush();
    });
    BOOST_TEST(said.find("error ended_sessions_not_written count=2\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
