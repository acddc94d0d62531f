#include "unit/store/tables/two_users.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>

using jwtgate::auth::errc;
using namespace jwtgate;
using namespace jwtgate::store::test;
using std::chrono::seconds;

BOOST_FIXTURE_TEST_SUITE(store_tables_cutoffs, two_users)

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

BOOST_AUTO_TEST_SUITE_END()
