#include "store/tables.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

using jwtgate::auth::errc;
using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::tables;
using std::chrono::seconds;

namespace {

using ids = std::vector<std::string>;

struct two_users : database {
    tables db{*sql};
    auth::user user = add("alice");
    auth::user other = add("bob");

    auth::user add(std::string const& name)
    {
        BOOST_REQUIRE(db.add_user(named(name)).has_value());
        return db.find_user(name).value();
    }

    auth::session start(auth::user const& of, std::string const& id)
    {
        auto session = session_of(of, id);
        BOOST_REQUIRE(db.start_session(session, seen(of)).has_value());
        return session;
    }

    bool revoked(std::string const& id) { return db.find_session(id).value().session.revoked; }

    ids ended()
    {
        ids found;
        for (auto const& one : db.ended_sessions({}).value()) found.push_back(one.id);
        return found;
    }
};

}  // namespace

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
    auto const ended = db.update_user("alice", {.password_hash = "new", .roles = {}, .enabled = {}}, now);
    BOOST_TEST((ended.value() == ids{"s1", "s2"}));
    auto const changed = db.find_user("alice").value();
    BOOST_TEST(changed.password_hash == "new");
    BOOST_TEST(changed.password_version == user.password_version + 1);
    BOOST_TEST((changed.roles == user.roles));
    BOOST_TEST(changed.enabled);
    BOOST_TEST(revoked("s1"));
    BOOST_TEST(!revoked("s3"));
}

BOOST_AUTO_TEST_CASE(new_roles_end_the_sessions_and_leave_the_password)
{
    start(user, "s1");
    auto const ended = db.update_user("alice", {.password_hash = {}, .roles = ids{"x"}, .enabled = {}}, now);
    BOOST_TEST((ended.value() == ids{"s1"}));
    auto expected = user;
    expected.roles = {"x"};
    BOOST_TEST(same(db.find_user("alice").value(), expected));
}

BOOST_AUTO_TEST_CASE(disabling_ends_the_sessions_and_enabling_none)
{
    start(user, "s1");
    auto const off = db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = false}, now);
    BOOST_TEST((off.value() == ids{"s1"}));
    BOOST_TEST(!db.find_user("alice")->enabled);
    BOOST_TEST(db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = true}, now)->empty());
    start(user, "s2");
    BOOST_TEST(db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = true}, now)->empty());
    BOOST_TEST(!revoked("s2"));
}

BOOST_AUTO_TEST_CASE(names_only_the_sessions_that_a_change_ends)
{
    start(user, "s1");
    start(user, "s2");
    db.end_sessions({"s1"}, now);
    BOOST_TEST(
        (db.update_user("alice", {.password_hash = "new", .roles = {}, .enabled = {}}, now).value() ==
         ids{"s2"})
    );
}

BOOST_AUTO_TEST_CASE(deletes_a_user_and_keeps_the_ends_of_the_sessions)
{
    start(user, "s1");
    start(other, "s2");
    BOOST_TEST((db.delete_user("alice", now).value() == ids{"s1"}));
    BOOST_TEST(db.find_user("alice").error() == because(errc::no_such_user));
    BOOST_TEST(db.find_session("s1").error() == because(errc::no_such_session));
    BOOST_TEST((ended() == ids{"s1"}));
    BOOST_TEST(!revoked("s2"));
}

BOOST_AUTO_TEST_CASE(refuses_to_change_a_user_who_is_not_there)
{
    BOOST_TEST(db.update_user("carol", {}, now).error() == because(errc::no_such_user));
    BOOST_TEST(db.delete_user("carol", now).error() == because(errc::no_such_user));
}

BOOST_AUTO_TEST_CASE(starts_a_session_of_the_user_who_was_seen)
{
    auto session = session_of(user, "s1");
    session.user_id = 0;
    BOOST_TEST(same(db.start_session(session, seen(user)).value(), user));
    session.user_id = user.id;
    BOOST_TEST(same(db.find_session("s1").value().session, session));
}

BOOST_AUTO_TEST_CASE(starts_no_session_when_the_user_has_changed)
{
    auto const session = session_of(user, "s1");
    auto const refused = [&](auth::user_as_seen as_seen) {
        return db.start_session(session, as_seen).error();
    };
    BOOST_TEST(refused({user.id, user.password_version + 1}) == because(errc::bad_credentials));
    BOOST_TEST(refused({other.id + 1, 1}) == because(errc::bad_credentials));
    db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = false}, now);
    BOOST_TEST(refused(seen(user)) == because(errc::bad_credentials));
    BOOST_TEST(db.find_session("s1").error() == because(errc::no_such_session));
}

BOOST_AUTO_TEST_CASE(a_rotation_returns_session_and_user_after_it)
{
    auto const next = next_of(start(user, "s1"));
    auto const rotated = db.rotate_session(next).value();
    BOOST_TEST(rotated.session.counter == 2);
    BOOST_TEST((rotated.session.rotated_at == next.at));
    BOOST_TEST(same(rotated.user, user));
}

BOOST_AUTO_TEST_CASE(tells_a_counter_that_moved_from_a_session_that_is_over)
{
    auto const session = start(user, "s1");
    auto const next = next_of(session);
    BOOST_REQUIRE(db.rotate_session(next).has_value());
    BOOST_TEST(db.rotate_session(next).error() == because(errc::conflict));
    auto ahead = next;
    ahead.from_counter = 9;
    BOOST_TEST(db.rotate_session(ahead).error() == because(errc::conflict));
    auto late = next;
    late.at = next.refresh_expires;
    BOOST_TEST(db.rotate_session(late).error() == because(errc::token_revoked));
    db.end_sessions({"s1"}, now);
    BOOST_TEST(db.rotate_session(next).error() == because(errc::token_revoked));
    auto missing = next;
    missing.session = "s9";
    BOOST_TEST(db.rotate_session(missing).error() == because(errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(rotates_nothing_for_a_user_disabled_behind_its_back)
{
    auto const next = next_of(start(user, "s1"));
    *sql << "UPDATE users SET enabled = 0";
    BOOST_TEST(db.rotate_session(next).error() == because(errc::token_revoked));
    BOOST_TEST(db.find_session("s1")->session.counter == 1);
}

BOOST_AUTO_TEST_CASE(ends_sessions_with_and_without_a_row)
{
    start(user, "s1");
    BOOST_TEST(db.end_sessions({"s1", "never-seen", "s1"}, now).has_value());
    BOOST_TEST((ended() == ids{"never-seen", "s1"}));
    BOOST_TEST(revoked("s1"));
}

BOOST_AUTO_TEST_CASE(a_purge_counts_ended_and_expired_up_to_its_limit)
{
    auto idle = session_of(user, "idle");
    idle.refresh_expires = now - seconds{1};
    BOOST_REQUIRE(db.start_session(idle, seen(user)).has_value());
    db.end_sessions({"e1", "e2"}, now - seconds{1});
    BOOST_TEST(db.purge_sessions(now, 2).value() == 2);
    BOOST_TEST(db.purge_sessions(now, 2).value() == 1);
    BOOST_TEST(db.find_session("idle").error() == because(errc::no_such_session));
}

BOOST_AUTO_TEST_SUITE_END()
