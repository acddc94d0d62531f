#include "unit/store/tables/two_users.hpp"

#include <boost/test/unit_test.hpp>

using jwtgate::auth::errc;
using namespace jwtgate;
using namespace jwtgate::store::test;
using std::chrono::seconds;

BOOST_FIXTURE_TEST_SUITE(store_tables_sessions, two_users)

BOOST_AUTO_TEST_CASE(starts_a_session_of_the_user_who_was_seen)
{
    auto session = session_of(user, "s1");
    session.user_id = 0;
    BOOST_TEST(same(db.start_session(session, seen(user), most).value().user, user));
    session.user_id = user.id;
    BOOST_TEST(same(db.find_session("s1").value().session, session));
}

BOOST_AUTO_TEST_CASE(starts_no_session_when_the_user_has_changed)
{
    auto const session = session_of(user, "s1");
    auto const refused = [&](auth::user_as_seen as_seen) {
        return db.start_session(session, as_seen, most).error();
    };
    BOOST_TEST(refused({user.id, user.password_version + 1}) == because(errc::bad_credentials));
    BOOST_TEST(refused({other.id + 1, 1}) == because(errc::bad_credentials));
    db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = false}, cut);
    BOOST_TEST(refused(seen(user)) == because(errc::bad_credentials));
    BOOST_TEST(db.find_session("s1").error() == because(errc::no_such_session));
}

BOOST_AUTO_TEST_CASE(ends_sessions_with_and_without_a_row)
{
    start(user, "s1");
    BOOST_TEST(db.end_sessions(ends({"s1", "never-seen", "s1"})).has_value());
    BOOST_TEST((ended() == ids{"never-seen", "s1"}));
    BOOST_TEST(has_ended("s1"));
}

BOOST_AUTO_TEST_CASE(a_session_beyond_the_most_ends_the_one_not_used_for_longest)
{
    for (int i = 0; i < 3; ++i) {
        auto session = session_of(user, "s" + std::to_string(i));
        session.rotated_at += seconds{i};
        BOOST_TEST(db.start_session(session, seen(user), 3).value().ended.empty());
    }
    BOOST_REQUIRE(db.rotate_session(next_of(session_of(user, "s0"))).has_value());
    start(other, "of bob");
    auto session = session_of(user, "s3");
    session.rotated_at += seconds{9};
    BOOST_TEST((db.start_session(session, seen(user), 3).value().ended == ids{"s1"}));
    BOOST_TEST(has_ended("s1"));
    for (auto const* const id : {"s0", "s2", "s3", "of bob"}) BOOST_TEST(db.find_session(id).has_value());
    session.id = "s4";
    BOOST_TEST(db.start_session(session, seen(user), 1).value().ended.size() == 3U);
    BOOST_TEST(db.find_session("s4").has_value());
}

BOOST_AUTO_TEST_CASE(lists_the_live_sessions_of_a_user_newest_first)
{
    auto const put = [&](std::string const& id, seconds age, seconds idle_for, seconds left) {
        auto session = session_of(user, id);
        session.created = now - age;
        session.refresh_expires = now + idle_for;
        session.absolute_end = now + left;
        BOOST_REQUIRE(db.start_session(session, seen(user), most).has_value());
    };
    put("old", seconds{9}, seconds{1}, seconds{1});
    put("new", seconds{1}, seconds{1}, seconds{1});
    put("idle", seconds{5}, seconds{0}, seconds{1});
    put("over", seconds{5}, seconds{1}, seconds{0});
    start(user, "ended");
    db.end_sessions(ends({"ended"}));
    start(other, "of bob");
    ids found;
    for (auto const& each : db.list_sessions("alice", now).value()) found.push_back(each.id);
    BOOST_TEST((found == ids{"new", "old"}));
    BOOST_TEST(same(db.list_sessions("bob", now)->front(), session_of(other, "of bob")));
    BOOST_TEST(db.list_sessions("carol", now)->empty());
}

BOOST_AUTO_TEST_CASE(lists_the_live_sessions_of_everybody_in_parts_by_their_ids)
{
    auto const put = [&](auth::user const& of, std::string const& id, seconds idle_for, seconds left) {
        auto session = session_of(of, id);
        session.refresh_expires = now + idle_for;
        session.absolute_end = now + left;
        BOOST_REQUIRE(db.start_session(session, seen(of), most).has_value());
    };
    put(user, "a", seconds{1}, seconds{1});
    put(other, "b", seconds{1}, seconds{1});
    put(user, "c", seconds{0}, seconds{1});
    put(user, "d", seconds{1}, seconds{0});
    put(user, "e", seconds{1}, seconds{1});
    auto const part = [&](std::string const& after) {
        std::string found;
        for (auto const& each : db.live_sessions({after, now, 2}).value())
            found += each.id + '=' + each.user_name + ' ';
        return found;
    };
    BOOST_TEST(part("") == "a=alice b=bob ");
    BOOST_TEST(part("b") == "e=alice ");
    BOOST_TEST(part("e") == "");
    BOOST_TEST(part("aa") == "b=bob e=alice ");
}

BOOST_AUTO_TEST_CASE(ends_a_session_for_its_own_user_only)
{
    start(user, "s1");
    start(user, "s2");
    BOOST_TEST(db.end_session_of("bob", "s1").error() == because(errc::no_such_session));
    BOOST_TEST(db.end_session_of("alice", "never-seen").error() == because(errc::no_such_session));
    BOOST_TEST(ended().empty());
    BOOST_TEST(db.end_session_of("alice", "s1").has_value());
    BOOST_TEST(has_ended("s1"));
    BOOST_TEST(!has_ended("s2"));
    BOOST_TEST(db.end_session_of("alice", "s1").error() == because(errc::no_such_session));
}

BOOST_AUTO_TEST_CASE(ends_all_sessions_of_a_user_or_all_but_one)
{
    for (auto const* const id : {"s1", "s2", "s3"}) start(user, id);
    start(other, "of bob");
    BOOST_TEST((db.end_sessions_of("alice", "s2").value() == ids{"s1", "s3"}));
    BOOST_TEST((ended() == ids{"s1", "s3"}));
    BOOST_TEST(db.end_sessions_of("alice", "s2")->empty());
    BOOST_TEST((db.end_sessions_of("alice", "").value() == ids{"s2"}));
    BOOST_TEST(!has_ended("of bob"));
    BOOST_TEST(db.end_sessions_of("carol", "")->empty());
    BOOST_TEST(db.user_cutoffs()->empty());
}

BOOST_AUTO_TEST_SUITE_END()
