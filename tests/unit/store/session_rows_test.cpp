#include "store/session_rows.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::session_rows;
using jwtgate::store::user_rows;
using std::chrono::days;
using std::chrono::seconds;

namespace {

using ids = std::vector<std::string>;

struct one_user : database {
    session_rows rows{*sql};
    user_rows users{*sql};
    auth::user user;

    one_user()
    {
        users.add(alice());
        user = users.find("alice").value();
    }

    auth::session add(std::string const& id)
    {
        auto session = session_of(user, id);
        rows.add(session);
        return session;
    }

    ids ended_since(std::chrono::sys_seconds since)
    {
        ids found;
        for (auto const& one : rows.ended_since(since)) found.push_back(one.id);
        return found;
    }

    bool there(std::string const& id) { return rows.find(id).has_value(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(store_session_rows, one_user)

BOOST_AUTO_TEST_CASE(reads_back_every_column_and_the_user)
{
    auto session = session_of(user, "s1");
    session.counter = std::int64_t{1} << 40U;
    session.absolute_end += days{400'000};
    rows.add(session);
    auto const found = rows.find("s1").value();
    BOOST_TEST(same(found.session, session));
    BOOST_TEST(same(found.user, alice()));
    BOOST_TEST(found.user.id == user.id);
    BOOST_TEST(!there("s2"));
}

BOOST_AUTO_TEST_CASE(keeps_text_of_any_bytes)
{
    auto session = session_of(user, "s1");
    session.user_agent = "a' ; DROP TABLE users; -- \xc3\xa9 \n \"";
    rows.add(session);
    BOOST_TEST(rows.find("s1")->session.user_agent == session.user_agent);
}

BOOST_AUTO_TEST_CASE(a_rotation_moves_what_the_next_token_follows_from)
{
    auto session = add("s1");
    auto const next = next_of(session);
    BOOST_TEST(rows.rotate(next));
    session.counter = 2;
    session.prev_rotated_at = session.rotated_at;
    session.rotated_at = next.at;
    session.rotated_kid = next.key_id;
    session.refresh_expires = next.refresh_expires;
    BOOST_TEST(same(rows.find("s1")->session, session));
}

BOOST_AUTO_TEST_CASE(a_rotation_touches_no_other_session)
{
    auto const other = add("s2");
    rows.rotate(next_of(add("s1")));
    BOOST_TEST(same(rows.find("s2")->session, other));
}

BOOST_AUTO_TEST_CASE(does_not_rotate_what_has_changed_or_is_over)
{
    auto const session = add("s1");
    auto const good = next_of(session);
    auto other_counter = good;
    other_counter.from_counter = 2;
    auto late = good;
    late.at = session.refresh_expires;
    auto missing = good;
    missing.session = "s2";
    for (auto const& refused : {other_counter, late, missing}) BOOST_TEST(!rows.rotate(refused));
    BOOST_TEST(same(rows.find("s1")->session, session));
    rows.end("s1", now);
    BOOST_TEST(!rows.rotate(good));
}

BOOST_AUTO_TEST_CASE(does_not_rotate_past_the_absolute_end)
{
    auto session = session_of(user, "s1");
    session.absolute_end = now + seconds{60};
    rows.add(session);
    auto next = next_of(session);
    next.at = session.absolute_end;
    BOOST_TEST(!rows.rotate(next));
    next.at -= seconds{1};
    BOOST_TEST(rows.rotate(next));
}

BOOST_AUTO_TEST_CASE(does_not_rotate_for_a_disabled_user)
{
    auto const session = add("s1");
    user.enabled = false;
    users.update(user);
    BOOST_TEST(!rows.rotate(next_of(session)));
    BOOST_TEST(same(rows.find("s1")->session, session));
}

BOOST_AUTO_TEST_CASE(an_ended_session_is_revoked_and_no_longer_live)
{
    add("s1");
    add("s2");
    BOOST_TEST((rows.live(user.id) == ids{"s1", "s2"}));
    rows.end("s1", now);
    BOOST_TEST((rows.live(user.id) == ids{"s2"}));
    BOOST_TEST(rows.find("s1")->session.revoked);
    BOOST_TEST(!rows.find("s2")->session.revoked);
    BOOST_TEST(rows.live(user.id + 1).empty());
}

BOOST_AUTO_TEST_CASE(a_session_ends_once)
{
    add("s1");
    rows.end("s1", now);
    rows.end("s1", now + seconds{9});
    auto const ended = rows.ended_since({});
    BOOST_REQUIRE(ended.size() == 1U);
    BOOST_TEST((ended.front().ended_at == now));
}

BOOST_AUTO_TEST_CASE(lists_what_ended_at_a_time_or_later)
{
    rows.end("s3", now + seconds{1});
    rows.end("s2", now);
    rows.end("s1", now - seconds{1});
    BOOST_TEST((ended_since(now) == ids{"s2", "s3"}));
    BOOST_TEST(ended_since(now + seconds{2}).empty());
}

BOOST_AUTO_TEST_CASE(the_end_of_a_session_outlives_its_row)
{
    add("s1");
    rows.end("s1", now);
    users.remove(user.id);
    BOOST_TEST(!there("s1"));
    BOOST_TEST((ended_since({}) == ids{"s1"}));
}

BOOST_AUTO_TEST_CASE(forgets_what_ended_before_a_time_with_its_row)
{
    add("s1");
    add("s2");
    rows.end("s1", now - seconds{1});
    rows.end("s2", now);
    rows.end("rowless", now - seconds{1});
    BOOST_TEST(rows.purge_ended(now, 10) == 2);
    BOOST_TEST((ended_since({}) == ids{"s2"}));
    BOOST_TEST(!there("s1"));
    BOOST_TEST(there("s2"));
}

BOOST_AUTO_TEST_CASE(forgets_what_ran_out_before_a_time)
{
    auto const live = add("live");
    auto idle = session_of(user, "idle");
    idle.refresh_expires = now - seconds{1};
    auto old = session_of(user, "old");
    old.absolute_end = now - seconds{1};
    auto edge = session_of(user, "edge");
    edge.refresh_expires = now;
    for (auto const& session : {idle, old, edge}) rows.add(session);
    BOOST_TEST(rows.purge_expired(now, 10) == 2);
    BOOST_TEST((rows.live(user.id) == ids{"edge", "live"}));
}

BOOST_AUTO_TEST_CASE(keeps_what_ran_out_while_its_end_still_matters)
{
    auto idle = session_of(user, "idle");
    idle.refresh_expires = now - seconds{1};
    rows.add(idle);
    rows.end("idle", now);
    BOOST_TEST(rows.purge_expired(now, 10) == 0);
    BOOST_TEST(there("idle"));
}

BOOST_AUTO_TEST_CASE(forgets_no_more_than_it_may_at_once)
{
    for (int i = 0; i < 5; ++i) {
        auto session = session_of(user, "idle" + std::to_string(i));
        session.refresh_expires = now - seconds{1};
        rows.add(session);
        rows.end("ended" + std::to_string(i), now - seconds{1});
    }
    for (auto const expected : {2, 2, 1, 0}) BOOST_TEST(rows.purge_ended(now, 2) == expected);
    for (auto const expected : {2, 2, 1, 0}) BOOST_TEST(rows.purge_expired(now, 2) == expected);
}

BOOST_AUTO_TEST_CASE(remembers_the_longest_life_of_an_access_token)
{
    for (auto const& [noted, longest] : {std::pair{60, 60}, {3600, 3600}, {60, 3600}}) {
        BOOST_TEST(rows.note_access_ttl(seconds{noted}).count() == longest);
    }
}

BOOST_AUTO_TEST_SUITE_END()
