#include "unit/store/tables/two_users.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>

using jwtgate::auth::errc;
using namespace jwtgate;
using namespace jwtgate::store::test;

BOOST_FIXTURE_TEST_SUITE(store_tables_rotation, two_users)

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

BOOST_AUTO_TEST_SUITE_END()
