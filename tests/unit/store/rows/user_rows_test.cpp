#include "store/rows/user_rows.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace jwtgate;
using namespace jwtgate::store::test;
using jwtgate::store::user_rows;

namespace {

struct empty_table : database {
    user_rows rows{*sql};

    auth::user add(auth::user const& user)
    {
        BOOST_REQUIRE(rows.add(user));
        return rows.find(user.name).value();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(store_user_rows, empty_table)

BOOST_AUTO_TEST_CASE(reads_back_every_column)
{
    auto user = alice();
    user.password_version = std::int64_t{1} << 40U;
    user.created += std::chrono::days{400'000};  // beyond 32 bits
    user.enabled = false;
    auto const added = add(user);
    BOOST_TEST(same(added, user));
    BOOST_TEST(same(rows.find(added.id).value(), user));
}

BOOST_AUTO_TEST_CASE(a_user_may_have_no_roles)
{
    auto user = alice();
    user.roles.clear();
    BOOST_TEST(add(user).roles.empty());
}

BOOST_AUTO_TEST_CASE(finds_nobody_under_another_name_or_id)
{
    auto const added = add(alice());
    BOOST_TEST(!rows.find("alic").has_value());
    BOOST_TEST(!rows.find("Alice").has_value());
    BOOST_TEST(!rows.find(added.id + 1).has_value());
}

BOOST_AUTO_TEST_CASE(a_name_is_a_value_and_never_sql)
{
    add(named("x' OR '1'='1"));
    add(alice());
    BOOST_TEST(rows.find("x' OR '1'='1")->name == "x' OR '1'='1");
    BOOST_TEST(!rows.find("' OR ''='").has_value());
}

BOOST_AUTO_TEST_CASE(does_not_add_a_name_twice)
{
    auto const added = add(alice());
    auto second = alice();
    second.password_hash = "$argon2id$second";
    BOOST_TEST(!rows.add(second));
    BOOST_TEST(same(rows.find(added.id).value(), alice()));
}

BOOST_AUTO_TEST_CASE(lists_by_name)
{
    for (auto const* const name : {"carol", "alice", "bob"}) add(named(name));
    std::vector<std::string> names;
    for (auto const& user : rows.all()) names.push_back(user.name);
    BOOST_TEST((names == std::vector<std::string>{"alice", "bob", "carol"}));
}

BOOST_AUTO_TEST_CASE(updates_one_user_only)
{
    auto changed = add(alice());
    add(named("bob"));
    changed.password_hash = "$argon2id$second";
    changed.password_version = 7;
    changed.enabled = false;
    changed.roles = {"other"};
    rows.update(changed);
    BOOST_TEST(same(rows.find("alice").value(), changed));
    BOOST_TEST(same(rows.find("bob").value(), named("bob")));
}

BOOST_AUTO_TEST_CASE(never_gives_an_id_to_a_second_user)
{
    auto const first = add(alice());
    rows.remove(first.id);
    BOOST_TEST(!rows.find("alice").has_value());
    BOOST_TEST(add(alice()).id > first.id);
}

BOOST_AUTO_TEST_CASE(replaces_a_hash_only_while_the_password_is_the_one_seen)
{
    auto const added = add(alice());
    rows.replace_hash(seen(added), "$argon2id$stronger");
    BOOST_TEST(rows.find("alice")->password_hash == "$argon2id$stronger");
    BOOST_TEST(rows.find("alice")->password_version == added.password_version);
    rows.replace_hash({.id = added.id, .password_version = added.password_version + 1}, "$argon2id$late");
    rows.replace_hash({.id = added.id + 1, .password_version = added.password_version}, "$argon2id$other");
    BOOST_TEST(rows.find("alice")->password_hash == "$argon2id$stronger");
}

BOOST_AUTO_TEST_SUITE_END()
