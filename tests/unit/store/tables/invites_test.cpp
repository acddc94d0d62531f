#include "store/tables.hpp"
#include "unit/store/tables/two_users.hpp"

#include <boost/test/unit_test.hpp>

using jwtgate::auth::errc;
using namespace jwtgate;
using namespace jwtgate::store::test;
using std::chrono::seconds;

namespace {

struct invited : two_users {
    std::chrono::sys_seconds const now = cut.issued_before;

    auth::result<bool> invite(std::string const& name, std::string const& digest)
    {
        auth::user wanted;
        wanted.name = name;
        return db.invite_user(wanted, {digest, now + seconds{10}});
    }

    bool counts(std::string const& digest) { return db.find_invited(digest, now).has_value(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(store_tables_invites, invited)

BOOST_AUTO_TEST_CASE(adds_a_user_where_there_is_none)
{
    BOOST_TEST(invite("carol", "d1").value());
    BOOST_TEST(db.find_user("carol")->password_hash.empty());
    BOOST_TEST(!invite("alice", "d2").value());
    BOOST_TEST(same(db.find_user("alice").value(), user));
}

BOOST_AUTO_TEST_CASE(a_user_has_one_invite_until_it_expires)
{
    invite("alice", "d1").value();
    invite("bob", "d2").value();
    BOOST_TEST(db.find_invited("d1", now)->name == "alice");
    invite("alice", "d3").value();
    BOOST_TEST(!counts("d1"));
    BOOST_TEST(counts("d2"));
    BOOST_TEST(counts("d3"));
    BOOST_TEST(db.find_invited("d3", now + seconds{9}).has_value());
    BOOST_TEST(db.find_invited("d3", now + seconds{10}).error() == because(errc::bad_credentials));
    BOOST_TEST(db.find_invited("", now).error() == because(errc::bad_credentials));
}

BOOST_AUTO_TEST_CASE(use_sets_the_password_and_ends_the_sessions_and_the_invite)
{
    start(user, "s1");
    start(other, "s2");
    invite("alice", "d1").value();
    auto const used = db.use_invite("d1", "new", cut).value();
    BOOST_TEST(used.user_name == "alice");
    BOOST_TEST((used.ended == ids{"s1"}));
    auto const changed = db.find_user("alice").value();
    BOOST_TEST(changed.password_hash == "new");
    BOOST_TEST(changed.password_version == user.password_version + 1);
    BOOST_TEST(db.use_invite("d1", "newer", cut).error() == because(errc::bad_credentials));
    BOOST_TEST(db.find_user("alice")->password_hash == "new");
    BOOST_TEST(!has_ended("s2"));
}

BOOST_AUTO_TEST_CASE(a_new_password_ends_it_and_nothing_else_does)
{
    invite("alice", "d1").value();
    db.update_user("alice", {.password_hash = {}, .roles = ids{"x"}, .enabled = {}}, cut).value();
    BOOST_TEST(counts("d1"));
    db.update_user("alice", {.password_hash = "new", .roles = {}, .enabled = {}}, cut).value();
    BOOST_TEST(!counts("d1"));
    invite("alice", "d2").value();
    auto const seen = db.find_user("alice").value();
    start(seen, "s1");
    db.change_password({.id = seen.id, .password_version = seen.password_version}, "newer", "s1").value();
    BOOST_TEST(!counts("d2"));
}

BOOST_AUTO_TEST_CASE(who_is_disabled_cannot_use_it_and_it_goes_with_its_user)
{
    invite("alice", "d1").value();
    db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = false}, cut).value();
    BOOST_TEST(db.use_invite("d1", "new", cut).error() == because(errc::bad_credentials));
    db.update_user("alice", {.password_hash = {}, .roles = {}, .enabled = true}, cut).value();
    BOOST_TEST(counts("d1"));
    db.delete_user("alice", cut).value();
    BOOST_TEST(!counts("d1"));
    invite("alice", "d2").value();
    BOOST_TEST(!counts("d1"));
}

BOOST_AUTO_TEST_SUITE_END()
