#include "store/sqlite_store.hpp"

#include "unit/store/fixture.hpp"

#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <atomic>
#include <thread>

using jwtgate::auth::errc;
using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::open_sqlite;

namespace {

using ids = std::vector<std::string>;

constexpr std::size_t most = 100;

struct opened {
    temporary_directory directory;
    std::filesystem::path file = directory / "a.db";
    std::unique_ptr<auth::store> db = open_sqlite(file, silent());

    void reopen()
    {
        db.reset();
        db = open_sqlite(file, silent());
    }

    auth::user add(std::string const& name) const
    {
        BOOST_REQUIRE(await(db->add_user(named(name))).has_value());
        return await(db->find_user(name)).value();
    }

    auth::session start(auth::user const& user, std::string const& id) const
    {
        auto session = session_of(user, id);
        BOOST_REQUIRE(await(db->start_session(session, seen(user), most)).has_value());
        return session;
    }
};

std::string why_not(temporary_directory const& directory, std::string const& name)
{
    auto const before = directory.contents();
    std::string said = "opened";
    try {
        open_sqlite(directory / name, silent());
    } catch (std::runtime_error const& failure) {
        said = failure.what();
    }
    BOOST_TEST((directory.contents() == before));
    return said;
}

core::task<bool> resumes_on_its_thread(auth::store& db)
{
    auto const mine = std::this_thread::get_id();
    co_await db.list_users();
    bool const after_read = std::this_thread::get_id() == mine;
    co_await db.note_time(now, auth::time_note::raise);
    co_return after_read&& std::this_thread::get_id() == mine;
}

struct tally {
    std::atomic<int> rotated = 0;
    std::atomic<int> same = 0;
};

core::task<void> rotate(auth::store& db, auth::rotation asked, tally& count)
{
    auto const done = co_await db.rotate_session(std::move(asked));
    if (!done || done->found.session.counter != 2) co_return;
    if (done->outcome == auth::rotation_outcome::rotated) ++count.rotated;
    if (done->outcome == auth::rotation_outcome::same_again) ++count.same;
}

core::task<void> add_and_end(auth::store& db, std::string name, std::atomic<int>& done)
{
    auto const added = co_await db.add_user(named(name));
    auto const user = co_await db.find_user(name);
    if (!added || !user) co_return;
    auto const started = co_await db.start_session(session_of(*user, "s-" + name), seen(*user), most);
    if (!started) co_return;
    auto const ended = co_await db.delete_user(name, cut);
    if (ended && ended->size() == 1) ++done;
}

// Runs `spawn(context, i)` for each i below `each` on four threads, each with a context of its own.
template <class Spawn>
void on_four_threads(int each, Spawn spawn)
{
    auto const run = [each, spawn](int first) {
        boost::asio::io_context context;
        for (int i = 0; i < each; ++i) spawn(context, first + i);
        context.run();
    };
    std::array<std::jthread, 4> threads;
    for (int first = 0; auto& thread : threads)
        thread = std::jthread(run, std::exchange(first, first + each));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_sqlite_store)

BOOST_FIXTURE_TEST_CASE(everything_is_there_after_opening_again, opened)
{
    auto const user = add("alice");
    auto const gone = add("bob");
    auto const session = start(user, "s1");
    start(user, "s2");
    start(gone, "s3");
    await(db->rotate_session(next_of(session))).value();
    await(db->end_sessions(ends({"s2", "rowless"}))).value();
    BOOST_TEST((await(db->delete_user("bob", cut)).value() == ids{"s3"}));
    await(db->note_time(now, auth::time_note::raise)).value();
    reopen();
    BOOST_TEST(same(await(db->find_user("alice")).value(), user));
    BOOST_TEST(await(db->list_users())->size() == 1U);
    BOOST_TEST(await(db->find_session("s1"))->session.counter == 2);
    BOOST_TEST(await(db->find_session("s2")).error() == because(errc::no_such_session));
    BOOST_TEST((await(db->ended_sessions("")).value() == ids{"rowless", "s2", "s3"}));
    BOOST_TEST(await(db->ended_sessions("s3"))->empty());
    auto const cutoffs = await(db->user_cutoffs()).value();
    BOOST_TEST_REQUIRE(cutoffs.size() == 1U);
    BOOST_TEST(cutoffs.front().name == "bob");
    BOOST_TEST((cutoffs.front().issued_before == now));
    BOOST_TEST((await(db->note_time(now, auth::time_note::raise)).value() == now));
}

BOOST_FIXTURE_TEST_CASE(hands_on_every_refusal, opened)
{
    auto const user = add("alice");
    auto const session = start(user, "s1");
    auto next = next_of(session);
    BOOST_TEST(await(db->find_user("bob")).error() == because(errc::no_such_user));
    BOOST_TEST(await(db->add_user(alice())).error() == because(errc::user_exists));
    BOOST_TEST(await(db->update_user("bob", {}, cut)).error() == because(errc::no_such_user));
    BOOST_TEST(await(db->delete_user("bob", cut)).error() == because(errc::no_such_user));
    BOOST_TEST(
        await(db->start_session(session, {user.id, 9}, most)).error() == because(errc::bad_credentials)
    );
    BOOST_TEST(await(db->find_session("s2")).error() == because(errc::no_such_session));
    next.session = "s2";
    BOOST_TEST(await(db->rotate_session(next)).error() == because(errc::token_revoked));
}

BOOST_FIXTURE_TEST_CASE(changes_and_rehashes, opened)
{
    auto const user = add("alice");
    start(user, "s1");
    BOOST_REQUIRE(await(db->rehash_password(seen(user), "stronger")).has_value());
    BOOST_TEST(await(db->find_user("alice"))->password_hash == "stronger");
    auto const change = auth::user_change{.password_hash = "new", .roles = {}, .enabled = {}};
    BOOST_TEST((await(db->update_user("alice", change, cut)).value() == ids{"s1"}));
    BOOST_REQUIRE(await(db->rehash_password(seen(user), "late")).has_value());
    BOOST_TEST(await(db->find_user("alice"))->password_hash == "new");
}

BOOST_FIXTURE_TEST_CASE(purges_and_lists_more_than_one_batch, opened)
{
    ids many;
    for (int i = 0; i < 6200; ++i) many.push_back("s" + std::to_string(10'000 + i));
    await(db->end_sessions(ends(many))).value();
    ids listed;
    for (auto part = await(db->ended_sessions("")).value(); !part.empty();
         part = await(db->ended_sessions(part.back())).value())
        listed.insert(listed.end(), part.begin(), part.end());
    BOOST_TEST((listed == many));
    BOOST_TEST(await(db->purge(kept))->ended == 0);
    BOOST_TEST(await(db->purge(kept + std::chrono::seconds{1}))->ended == 6200);
    BOOST_TEST(await(db->ended_sessions(""))->empty());
}

BOOST_FIXTURE_TEST_CASE(lists_and_cuts_off_more_than_one_part, opened)
{
    auto const user = add("alice");
    ids many;
    for (int i = 0; i < 1200; ++i) many.push_back("s" + std::to_string(10'000 + i));
    for (auto const& id : many)
        BOOST_REQUIRE(await(db->start_session(session_of(user, id), seen(user), many.size())).has_value());
    ids listed;
    for (auto part = await(db->live_sessions("", now)).value(); !part.empty();
         part = await(db->live_sessions(listed.back(), now)).value()) {
        BOOST_TEST_REQUIRE(part.size() < many.size());
        for (auto const& each : part) listed.push_back(each.id);
    }
    BOOST_TEST((listed == many));
    BOOST_TEST((await(db->cut_off_user("alice", cut)).value() == many));
    BOOST_TEST(await(db->live_sessions("", now))->empty());
}

BOOST_FIXTURE_TEST_CASE(a_logout_answered_busy_is_written_by_itself, opened)
{
    auto const other = store::open_writer(file);
    *other << "BEGIN IMMEDIATE";
    BOOST_TEST(await(db->end_sessions(ends({"s1"}))).error() == because(errc::busy));
    BOOST_TEST(await(db->end_sessions(ends({"s2", "s1"}))).error() == because(errc::busy));
    BOOST_TEST(await(db->ended_sessions(""))->empty());
    *other << "ROLLBACK";
    while (await(db->ended_sessions(""))->size() < 2) std::this_thread::yield();
    BOOST_TEST((await(db->ended_sessions("")).value() == ids{"s1", "s2"}));
}

BOOST_FIXTURE_TEST_CASE(nothing_is_written_once_the_name_leads_elsewhere, opened)
{
    auto const link = directory / "link";
    std::filesystem::create_symlink(file, link);
    db.reset();
    db = open_sqlite(link, silent());
    add("alice");
    BOOST_TEST(db->why_busy() == "");
    std::filesystem::remove(link);
    std::ofstream(directory / "restored").close();
    std::filesystem::create_symlink(directory / "restored", link);
    BOOST_TEST(await(db->add_user(named("bob"))).error() == because(errc::busy));
    BOOST_TEST(db->why_busy() == "its file was moved, removed or replaced");
}

BOOST_FIXTURE_TEST_CASE(resumes_where_it_was_called, opened)
{
    BOOST_TEST(await(resumes_on_its_thread(*db)));
}

BOOST_FIXTURE_TEST_CASE(many_that_rotate_at_once_get_one_successor, opened)
{
    auto const next = next_of(start(add("alice"), "s1"));
    tally count;
    on_four_threads(50, [&](boost::asio::io_context& context, int) {
        boost::asio::co_spawn(context, rotate(*db, next, count), boost::asio::detached);
    });
    BOOST_TEST(count.rotated == 1);
    BOOST_TEST(count.same == 199);
    BOOST_TEST(await(db->find_session("s1"))->session.counter == 2);
}

BOOST_FIXTURE_TEST_CASE(many_writers_do_not_disturb_each_other, opened)
{
    std::atomic<int> done = 0;
    on_four_threads(50, [&](boost::asio::io_context& context, int i) {
        boost::asio::co_spawn(
            context, add_and_end(*db, "u" + std::to_string(i), done), boost::asio::detached
        );
    });
    BOOST_TEST(done == 200);
    BOOST_TEST(await(db->list_users())->empty());
    BOOST_TEST(await(db->ended_sessions(""))->size() == 200U);
}

BOOST_AUTO_TEST_CASE(an_answer_outlives_kill_9)
{
    temporary_directory const directory;
    auto const file = directory / "a.db";
    BOOST_REQUIRE(in_child([&file] {
                      auto* const db = open_sqlite(file, silent()).release();  // never closed
                      if (!await(db->add_user(alice()))) return 1;
                      auto const user = await(db->find_user("alice"));
                      if (!user || !await(db->start_session(session_of(*user, "s1"), seen(*user), most)))
                          return 2;
                      return await(db->end_sessions(ends({"s1"}))) ? 0 : 3;
                  }) == 0);
    auto const db = open_sqlite(file, silent());
    BOOST_TEST(same(await(db->find_user("alice")).value(), alice()));
    BOOST_TEST((await(db->ended_sessions("")).value() == ids{"s1"}));
}

BOOST_AUTO_TEST_CASE(a_full_disk_makes_busy_and_passes)
{
    temporary_directory const directory;
    auto const file = directory / "a.db";
    BOOST_REQUIRE(in_child([&file] {
                      auto* const db = open_sqlite(file, silent()).release();
                      if (!await(db->add_user(named("before")))) return 1;
                      if (!limit_file_size(1)) return 5;
                      for (int i = 0; i < 3; ++i) {
                          if (await(db->add_user(named("during"))).error() != because(errc::busy)) return 2;
                          auto const id = "s" + std::to_string(i);
                          if (await(db->end_sessions(ends({id}))).error() != because(errc::busy)) return 6;
                      }
                      if (!await(db->find_user("before"))) return 3;
                      if (!limit_file_size(RLIM_INFINITY)) return 5;
                      return await(db->add_user(named("after"))) ? 0 : 4;
                  }) == 0);
    auto const db = open_sqlite(file, silent());
    BOOST_TEST(await(db->find_user("before")).has_value());
    BOOST_TEST(await(db->find_user("during")).error() == because(errc::no_such_user));
    BOOST_TEST(await(db->find_user("after")).has_value());
    BOOST_TEST((await(db->ended_sessions("")).value() == ids{"s0", "s1", "s2"})
    );  // written with the last one
}

BOOST_FIXTURE_TEST_CASE(logs_a_failure_without_what_was_to_be_written, opened)
{
    auto const user = add("alice");
    auto const session = start(user, "do-not-show");
    core::log const log(core::log_level::info, core::log_format::text);
    auto const said = captured_stderr([&] {
        db.reset();
        db = open_sqlite(file, log);
        BOOST_TEST(
            await(db->start_session(session, seen(user), most)).error() == because(errc::busy)
        );  // the same id again
        db.reset();
        log.flush();
    });
    BOOST_TEST(said.find("database_job_failed reason=\"constraint failed\"") != std::string::npos);
    BOOST_TEST(said.find("do-not-show") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_empty_file_becomes_a_database)
{
    temporary_directory const directory;
    std::ofstream(directory / "a.db").close();
    BOOST_TEST(await(open_sqlite(directory / "a.db", silent())->list_users())->empty());
}

BOOST_AUTO_TEST_CASE(says_in_one_line_what_keeps_it_from_opening)
{
    temporary_directory const directory;
    auto const at = [&](std::string const& name, std::string const& reason) {
        return "database " + (directory / name).native() + ": " + reason;
    };
    std::ofstream(directory / "text.db") << std::string(5000, 'x');
    {
        auto const sql = store::open_writer(directory / "newer.db");
        store::migrate(*sql, store::sqlite_migrations());
        *sql << "UPDATE meta SET value = 99";
        *store::open_writer(directory / "other.db") << "CREATE TABLE t (a TEXT)";
    }
    BOOST_TEST(why_not(directory, "missing/a.db") == at("missing/a.db", "No such file or directory"));
    BOOST_TEST(why_not(directory, "text.db") == at("text.db", "file is not a database"));
    BOOST_TEST(
        why_not(directory, "newer.db") ==
        at("newer.db", "its schema has version 99, this program knows up to 4")
    );
    BOOST_TEST(why_not(directory, "other.db") == at("other.db", "it is the database of another program"));
    BOOST_TEST(why_not(directory, "a\"b.db") == at("a\"b.db", "its path must not hold a double quote"));
}

BOOST_AUTO_TEST_CASE(whether_it_holds_users_is_found_out_without_a_change)
{
    temporary_directory const directory;
    auto const file = directory / "a.db";
    auto const holds = [&] {
        auto const before = directory.contents();
        bool const said = store::holds_users(file);
        BOOST_TEST((directory.contents() == before));
        return said;
    };
    BOOST_TEST(!holds());
    std::ofstream(file).close();
    BOOST_TEST(!holds());
    open_sqlite(file, silent());
    BOOST_TEST(!holds());
    auth::user one;
    one.name = "alice";
    await(open_sqlite(file, silent())->add_user(std::move(one)));
    BOOST_TEST(holds());
    std::ofstream(file) << std::string(5000, 'x');
    BOOST_CHECK_THROW(store::holds_users(file), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_database_that_cannot_be_made_leaves_nothing)
{
    temporary_directory const directory;
    BOOST_TEST(in_child([&directory] {
                   if (!limit_file_size(4096)) return 3;
                   try {
                       open_sqlite(directory / "a.db", silent());
                   } catch (std::runtime_error const&) {
                       return directory.contents().empty() ? 0 : 1;
                   }
                   return 2;
               }) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
