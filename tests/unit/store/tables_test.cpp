#include "store/tables.hpp"

#include "unit/store/tables/two_users.hpp"

#include <boost/test/unit_test.hpp>

using jwtgate::auth::errc;
using namespace jwtgate;
using namespace jwtgate::store::test;
using std::chrono::seconds;

BOOST_FIXTURE_TEST_SUITE(store_tables, two_users)

BOOST_AUTO_TEST_CASE(finds_and_lists_users)
{
    BOOST_TEST(same(db.find_user("bob").value(), named("bob")));
    BOOST_TEST(db.list_users().value().size() == 2U);
    BOOST_TEST(db.find_user("carol").error() == because(errc::no_such_user));
}

BOOST_AUTO_TEST_CASE(refuses_a_name_that_is_taken)
{
    BOOST_TEST(db.add_user(alice()).error() == because(errc::user_exists));
}

BOOST_AUTO_TEST_CASE(a_new_password_counts_its_version_and_ends_the_sessions)
{
    start(user, "s1");
    start(user, "s2");
    start(other, "s3");
    auto const ended = db.update_user("alice", {.password_hash = "new", .roles = {}, .enabled = {}}, cut);
    BOOST_TEST((ended.value() == ids{"s1", "s2"}));
    auto const changed = db.find_user("alice").value();
    BOOST_TEST(changed.password_hash == "new");
    BOOST_TEST(changed.password_version == user.password_version + 1);
    BOOST_TEST((changed.roles == user.roles));
    BOOST_TEST(changed.enabled);
    BOOST_TEST(has_ended("s1"));
    BOOST_TEST(!has_ended("s3"));
}

BOOST_AUTO_TEST_CASE(new_roles_end_the_sessions_and_leave_the_password)
{
    start(user, "s1");
    auto const ended = db.update_user("alice", {.password_hash = {}, .roles = ids{"x"}, .enabled = {}}, cut);
    BOOST_TEST((ended.value() == ids{"s1"}));
    auto expected = user;
    expected.roles = {"x"};
    BOOST_TEST(same(db.find_user("alice").value(), expected));
}

BOOST_AUTO_TEST_CASE(disabling_ends_the_sessions_and_enabling_none)
{
    start(user, "s1");
    auto const off = db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = false}, cut);
    BOOST_TEST((off.value() == ids{"s1"}));
    BOOST_TEST(!db.find_user("alice")->enabled);
    BOOST_TEST(db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = true}, cut)->empty());
    start(user, "s2");
    BOOST_TEST(db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = true}, cut)->empty());
    BOOST_TEST(!has_ended("s2"));
}

BOOST_AUTO_TEST_CASE(names_only_the_sessions_that_a_change_ends)
{
    start(user, "s1");
    start(user, "s2");
    db.end_sessions(ends({"s1"}));
    BOOST_TEST(
        (db.update_user("alice", {.password_hash = "new", .roles = {}, .enabled = {}}, cut).value() ==
         ids{"s2"})
    );
}

BOOST_AUTO_TEST_CASE(deletes_a_user_and_keeps_the_ends_of_the_sessions)
{
    start(user, "s1");
    start(other, "s2");
    BOOST_TEST((db.delete_user("alice", cut).value() == ids{"s1"}));
    BOOST_TEST(db.find_user("alice").error() == because(errc::no_such_user));
    BOOST_TEST(db.find_session("s1").error() == because(errc::no_such_session));
    BOOST_TEST((ended() == ids{"s1"}));
    BOOST_TEST(!has_ended("s2"));
}

BOOST_AUTO_TEST_CASE(refuses_to_change_a_user_who_is_not_there)
{
    BOOST_TEST(db.update_user("carol", {}, cut).error() == because(errc::no_such_user));
    BOOST_TEST(db.delete_user("carol", cut).error() == because(errc::no_such_user));
}

BOOST_AUTO_TEST_CASE(a_password_is_changed_once_from_one_version_and_spares_its_session)
{
    for (auto const* const id : {"s1", "s2", "s3"}) start(user, id);
    start(other, "of bob");
    BOOST_TEST((db.change_password(seen(user), "new", "s2").value() == ids{"s1", "s3"}));
    auto const changed = db.find_user("alice").value();
    BOOST_TEST(changed.password_hash == "new");
    BOOST_TEST(changed.password_version == user.password_version + 1);
    BOOST_TEST((ended() == ids{"s1", "s3"}));
    BOOST_TEST(db.user_cutoffs()->empty());
    BOOST_TEST(db.change_password(seen(user), "newer", "s2").error() == because(errc::bad_credentials));
    BOOST_TEST(db.find_user("alice")->password_hash == "new");
}

BOOST_AUTO_TEST_CASE(changes_no_password_from_a_session_that_is_gone_or_for_a_user_who_is_disabled)
{
    start(user, "s1");
    start(other, "of bob");
    for (auto const* const id : {"never-seen", "of bob"})
        BOOST_TEST(db.change_password(seen(user), "new", id).error() == because(errc::token_revoked));
    *sql << "UPDATE users SET enabled = 0";
    BOOST_TEST(db.change_password(seen(user), "new", "s1").error() == because(errc::bad_credentials));
    BOOST_TEST(db.find_user("alice")->password_hash == user.password_hash);
    BOOST_TEST(ended().empty());
}

BOOST_AUTO_TEST_CASE(remembers_a_time_and_returns_the_one_before)
{
    using auth::time_note;
    auto const note = [&](std::chrono::sys_seconds time, time_note how) {
        return db.note_time(time, how).value();
    };
    BOOST_TEST(!note(now, time_note::raise).has_value());
    BOOST_TEST((note(now + seconds{5}, time_note::raise) == now));
    BOOST_TEST((note(now, time_note::raise) == now + seconds{5}));
    BOOST_TEST((note(now, time_note::replace) == now + seconds{5}));
    BOOST_TEST((note(now, time_note::raise) == now));
}

BOOST_AUTO_TEST_CASE(a_purge_forgets_up_to_its_limit_of_each_kind)
{
    for (auto const* const id : {"i1", "i2", "i3"}) {
        auto idle = session_of(user, id);
        idle.refresh_expires = now - std::chrono::days{1} - seconds{1};
        BOOST_REQUIRE(db.start_session(idle, seen(user), most).has_value());
    }
    db.end_sessions(
        {{"e1", now - seconds{1}}, {"e2", now - seconds{1}}, {"e3", now - seconds{1}}, {"e4", now}}
    );
    *sql << "INSERT INTO user_cutoffs VALUES ('a', 0, 1), ('b', 0, 1), ('c', 0, 1), ('d', 0, 2000000000)";
    for (auto const expected : {2, 1, 0}) {
        auto const gone = db.purge(now, 2).value();
        BOOST_TEST(gone.sessions == expected);
        BOOST_TEST(gone.ended == expected);
        BOOST_TEST(gone.cutoffs == expected);
    }
    BOOST_TEST((ended() == ids{"e4"}));
    BOOST_TEST(db.user_cutoffs()->size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
