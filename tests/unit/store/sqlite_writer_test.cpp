#include "store/sqlite_writer.hpp"

#include "unit/store/sqlite_writer/queue.hpp"

#include <boost/test/unit_test.hpp>

using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::sqlite_writer;
using jwtgate::store::tables;

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

BOOST_FIXTURE_TEST_CASE(closing_leaves_one_file, queue)
{
    push(adding("a"));
    writer.reset();
    auto const files = directory.contents();
    BOOST_TEST(files.size() == 1U);
    BOOST_TEST(files.contains("a.db"));
}

BOOST_AUTO_TEST_SUITE_END()
