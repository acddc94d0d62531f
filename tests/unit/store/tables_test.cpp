#include "store/tables.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <utility>

using jwtgate::auth::errc;
using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::tables;
using std::chrono::seconds;

namespace {

using ids = std::vector<std::string>;

constexpr std::size_t most = 100;

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
        BOOST_REQUIRE(db.start_session(session, seen(of), most).has_value());
        return session;
    }

    bool has_ended(std::string const& id)
    {
        auto const all = ended();
        bool const is_gone = db.find_session(id).error() == because(errc::no_such_session);
        return is_gone && std::ranges::find(all, id) != all.end();
    }

    ids ended() { return db.ended_sessions("", 100).value(); }

    std::chrono::sys_seconds cutoff_of(std::string const& name)
    {
        for (auto const& each : db.user_cutoffs().value()) {
            if (each.name == name) return each.issued_before;
        }
        return {};
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

BOOST_AUTO_TEST_CASE(a_rotation_returns_session_and_user_after_it)
{
    auto const session = start(user, "s1");
    auto const next = next_of(session);
    auto const rotated = db.rotate_session(next).value();
    BOOST_TEST((rotated.outcome == auth::rotation_outcome::rotated));
    BOOST_TEST(same(rotated.found.session, auth::after(session, next)));
    BOOST_TEST(same(rotated.found.user, user));
    BOOST_TEST(same(db.find_session("s1")->session, rotated.found.session));
}

BOOST_AUTO_TEST_CASE(the_token_before_gets_the_same_session_and_changes_nothing)
{
    auto const next = next_of(start(user, "s1"));
    auto const first = db.rotate_session(next).value();
    auto const again = db.rotate_session(next).value();
    BOOST_TEST((again.outcome == auth::rotation_outcome::same_again));
    BOOST_TEST(same(again.found.session, first.found.session));
    BOOST_TEST(same(db.find_session("s1")->session, first.found.session));
}

BOOST_AUTO_TEST_CASE(reuse_and_a_counter_ahead_end_the_session)
{
    for (auto const& [counter, expected] :
         {std::pair{-1, auth::rotation_outcome::reused}, {2, auth::rotation_outcome::ahead}}) {
        auto const id = "s" + std::to_string(counter);
        auto asked = next_of(start(user, id));
        asked.counter = counter;
        auto const done = db.rotate_session(asked).value();
        BOOST_TEST((done.outcome == expected));
        BOOST_TEST(done.found.session.id == id);
        BOOST_TEST(has_ended(id));
        BOOST_TEST(db.rotate_session(asked).error() == because(errc::token_revoked));
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_rotated_is_left_as_it_is)
{
    auto const session = start(user, "s1");
    auto late = next_of(session);
    late.at = session.refresh_expires;
    BOOST_TEST((db.rotate_session(late)->outcome == auth::rotation_outcome::expired));
    BOOST_TEST(same(db.find_session("s1")->session, session));
    *sql << "UPDATE sessions SET counter = -4";
    auto const done = db.rotate_session(next_of(session)).value();
    BOOST_TEST((done.outcome == auth::rotation_outcome::unusable));
    BOOST_TEST(done.found.session.counter == -4);
    BOOST_TEST(!has_ended("s1"));
}

BOOST_AUTO_TEST_CASE(rotates_nothing_that_has_ended)
{
    auto next = next_of(start(user, "s1"));
    db.end_sessions(ends({"s1"}));
    BOOST_TEST(db.rotate_session(next).error() == because(errc::token_revoked));
    next.session = "s9";
    BOOST_TEST(db.rotate_session(next).error() == because(errc::token_revoked));
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

BOOST_AUTO_TEST_CASE(cuts_off_a_user_and_ends_the_sessions)
{
    start(user, "s1");
    start(user, "s2");
    start(other, "s3");
    BOOST_TEST((db.cut_off_user("alice", cut).value() == ids{"s1", "s2"}));
    BOOST_TEST((cutoff_of("alice") == now));
    BOOST_TEST(has_ended("s1"));
    BOOST_TEST(has_ended("s2"));
    BOOST_TEST(!has_ended("s3"));
    BOOST_TEST(same(db.find_user("alice").value(), user));
    BOOST_TEST(db.cut_off_user("alice", cut)->empty());
    BOOST_TEST(db.cut_off_user("carol", cut).error() == because(errc::no_such_user));
    BOOST_TEST(db.user_cutoffs()->size() == 1U);
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

BOOST_AUTO_TEST_CASE(what_ends_the_sessions_of_a_user_cuts_off_its_tokens)
{
    auto const change = [&](auth::user_change const& wanted) {
        *sql << "DELETE FROM user_cutoffs";
        BOOST_TEST(db.update_user("alice", wanted, cut).has_value());
        return cutoff_of("alice");
    };
    BOOST_TEST((change({.password_hash = "new", .roles = {}, .enabled = {}}) == now));
    BOOST_TEST((change({.password_hash = {}, .roles = ids{"x"}, .enabled = {}}) == now));
    BOOST_TEST((change({.password_hash = {}, .roles = {}, .enabled = false}) == now));
    BOOST_TEST((change({.password_hash = {}, .roles = {}, .enabled = true}) == std::chrono::sys_seconds{}));
    BOOST_TEST(db.delete_user("alice", {.issued_before = now + seconds{1}, .keep_until = kept}).has_value());
    BOOST_TEST((cutoff_of("alice") == now + seconds{1}));
    BOOST_TEST((cutoff_of("bob") == std::chrono::sys_seconds{}));
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_leaves_a_later_cut_off)
{
    auth::user_change const off{.password_hash = {}, .roles = {}, .enabled = false};
    for (auto const& [at, after] :
         {std::pair{now, now}, {now - seconds{150}, now}, {now + seconds{1}, now + seconds{1}}}) {
        BOOST_TEST(db.update_user("alice", off, {.issued_before = at, .keep_until = kept}).has_value());
        BOOST_TEST((cutoff_of("alice") == after));
    }
}

BOOST_AUTO_TEST_CASE(a_session_that_starts_pulls_back_a_cut_off_that_lies_ahead)
{
    for (auto const& [issued_before, after] : {
             std::pair{now + std::chrono::hours{9}, now},
             {now + seconds{1}, now},
             {now, now},
             {now - seconds{1}, now - seconds{1}},
         }) {
        *sql << "DELETE FROM sessions";
        *sql << "DELETE FROM user_cutoffs";
        auth::cutoff const at{.issued_before = issued_before, .keep_until = kept};
        BOOST_TEST(
            db.update_user("alice", {.password_hash = {}, .roles = ids{}, .enabled = {}}, at).has_value()
        );
        BOOST_TEST(db.update_user("bob", {.password_hash = {}, .roles = ids{}, .enabled = {}}, at).has_value()
        );
        start(user, "s1");
        BOOST_TEST((cutoff_of("alice") == after));
        BOOST_TEST((cutoff_of("bob") == issued_before));
    }
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
