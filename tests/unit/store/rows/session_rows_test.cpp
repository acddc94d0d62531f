#include "store/rows/session_rows.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::ended_rows;
using jwtgate::store::session_rows;
using jwtgate::store::user_rows;
using std::chrono::days;
using std::chrono::seconds;

namespace {

using ids = std::vector<std::string>;

struct one_user : database {
    ended_rows ended{*sql};
    session_rows rows{*sql, ended};
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

    ids all_ended() { return ended.next("", 100); }

    bool there(std::string const& id) { return rows.find(id).has_value(); }

    std::chrono::sys_seconds keep_until(std::string const& id) const
    {
        std::chrono::sys_seconds found;
        *sql << "SELECT keep_until FROM ended_sessions WHERE id = :id", soci::use(id), soci::into(found);
        return found;
    }
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

BOOST_AUTO_TEST_CASE(a_rotation_writes_what_the_next_token_follows_from)
{
    auto const session = add("s1");
    auto const other = add("s2");
    auto const next = auth::after(session, next_of(session));
    BOOST_TEST(rows.rotate(next));
    BOOST_TEST(same(rows.find("s1")->session, next));
    BOOST_TEST(same(rows.find("s2")->session, other));
}

BOOST_AUTO_TEST_CASE(does_not_rotate_what_has_changed_or_is_gone)
{
    auto const session = add("s1");
    auto next = auth::after(session, next_of(session));
    for (auto const counter : {1, 3}) {
        next.counter = counter;
        BOOST_TEST(!rows.rotate(next));
    }
    BOOST_TEST(same(rows.find("s1")->session, session));
    next.counter = 2;
    rows.end({"s1", kept});
    BOOST_TEST(!rows.rotate(next));
}

BOOST_AUTO_TEST_CASE(what_ends_moves_to_those_that_have_ended)
{
    add("s1");
    add("s2");
    rows.end({"s1", kept});
    rows.end({"s1", kept});
    BOOST_TEST(!there("s1"));
    BOOST_TEST(there("s2"));
    BOOST_TEST((all_ended() == ids{"s1"}));
}

BOOST_AUTO_TEST_CASE(an_end_is_kept_until_a_day_after_the_absolute_end)
{
    add("s1");
    rows.end({"s1", now});
    rows.end({"rowless", now + seconds{5}});
    BOOST_TEST((keep_until("s1") == now + days{91}));
    BOOST_TEST((keep_until("rowless") == now + seconds{5}));
    rows.end({"s1", now + days{400}});
    rows.end({"rowless", now + days{400}});
    BOOST_TEST((keep_until("s1") == now + days{91}));
    BOOST_TEST((keep_until("rowless") == now + seconds{5}));
}

BOOST_AUTO_TEST_CASE(ends_all_of_a_user_but_those_used_last)
{
    struct row {
        std::int64_t spared;
        ids expected;
    };

    for (auto const& [spared, expected] : {
             row{0, {"new", "old", "older", "oldest"}},
             row{1, {"old", "older", "oldest"}},
             row{3, {"oldest"}},
             row{4, {}},
             row{100, {}},
         }) {
        *sql << "DELETE FROM sessions";
        *sql << "DELETE FROM ended_sessions";
        for (int age = 0; auto const* const id : {"new", "old", "older", "oldest"}) {
            auto session = session_of(user, id);
            session.rotated_at -= seconds{age++};
            rows.add(session);
        }
        auto found = rows.end_all(user.id, spared);
        std::ranges::sort(found);
        BOOST_TEST((found == expected));
        BOOST_TEST((all_ended() == expected));
        for (auto const& id : expected) BOOST_TEST((keep_until(id) == now + days{91}));
        for (auto const* const id : {"new", "old", "older", "oldest"})
            BOOST_TEST(there(id) == (std::ranges::find(expected, id) == expected.end()));
    }
}

BOOST_AUTO_TEST_CASE(ends_no_session_of_another_user)
{
    users.add(named("bob"));
    rows.add(session_of(users.find("bob").value(), "of bob"));
    add("s1");
    BOOST_TEST((rows.end_all(user.id, 0) == ids{"s1"}));
    BOOST_TEST(there("of bob"));
    BOOST_TEST(rows.end_all(user.id, 0).empty());
}

BOOST_AUTO_TEST_CASE(the_end_of_a_session_outlives_its_user)
{
    add("s1");
    rows.end({"s1", kept});
    users.remove(user.id);
    BOOST_TEST((all_ended() == ids{"s1"}));
}

BOOST_AUTO_TEST_CASE(forgets_what_ran_out_before_a_time)
{
    add("live");
    auto idle = session_of(user, "idle");
    idle.refresh_expires = now - seconds{1};
    auto old = session_of(user, "old");
    old.absolute_end = now - seconds{1};
    auto edge = session_of(user, "edge");
    edge.refresh_expires = now;
    for (auto const& session : {idle, old, edge}) rows.add(session);
    BOOST_TEST(rows.purge_expired(now, 10) == 2);
    BOOST_TEST((!there("idle") && !there("old")));
    BOOST_TEST((there("edge") && there("live")));
    BOOST_TEST(all_ended().empty());
}

BOOST_AUTO_TEST_CASE(forgets_no_more_than_it_may_at_once)
{
    for (int i = 0; i < 5; ++i) {
        auto session = session_of(user, "idle" + std::to_string(i));
        session.refresh_expires = now - seconds{1};
        rows.add(session);
    }
    for (auto const expected : {2, 2, 1, 0}) BOOST_TEST(rows.purge_expired(now, 2) == expected);
}

BOOST_AUTO_TEST_SUITE_END()
