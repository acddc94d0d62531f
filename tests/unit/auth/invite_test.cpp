#include "auth/invite.hpp"

#include "auth/account.hpp"
#include "auth/admin/user_admin.hpp"
#include "auth/error.hpp"
#include "support/fake_domain.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::auth {
namespace {

using namespace std::chrono_literals;
using test::run_task;

constexpr auto chosen = "a long password";

struct fixture {
    test::fake_domain domain;
    user_admin admin{domain.shared()};
    jwt::key_ring keys{domain.keys};
    account accounts{domain.shared(), keys};

    std::string invite(std::string name)
    {
        auto made = run_task(admin.invite_user(std::move(name), {}));
        BOOST_REQUIRE(made.has_value());
        return made->invite;
    }

    core::error_code use(std::string invite, std::string password = chosen)
    {
        accepted_invite given{core::secret(std::move(invite)), core::secret(std::move(password))};
        return run_task(accounts.accept_invite(std::move(given), {"192.0.2.1", "test"})).error();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_invite, fixture)

BOOST_AUTO_TEST_CASE(counts_for_a_day_and_once)
{
    auto const first = invite("alice");
    domain.time.advance(invite_life - 1s);
    BOOST_TEST(!use(first));
    BOOST_TEST((use(first) == errc::bad_credentials));
    auto const second = invite("alice");
    domain.time.advance(invite_life);
    BOOST_TEST((use(second) == errc::bad_credentials));
}

BOOST_AUTO_TEST_CASE(the_store_holds_nothing_that_makes_one)
{
    auto const made = invite("alice");
    auto const& kept = domain.store.invites.at("alice");
    BOOST_TEST(kept.digest != made);
    BOOST_TEST(kept.digest == digest_of(made));
    BOOST_TEST((use(kept.digest) == errc::bad_credentials));
    BOOST_TEST(domain.store.users.at("alice").password_hash.empty());
}

BOOST_AUTO_TEST_CASE(of_two_at_once_one_gets_through)
{
    auto const made = invite("alice");
    auto const both = [&](std::string password) {
        accepted_invite given{core::secret(std::string(made)), core::secret(std::move(password))};
        return accounts.accept_invite(std::move(given), {"192.0.2.1", "test"});
    };
    auto first = both("the first password");
    auto second = both("the second password");
    bool const one = !run_task(std::move(first)).has_error();
    bool const other = !run_task(std::move(second)).has_error();
    BOOST_TEST(one != other);
}

BOOST_AUTO_TEST_CASE(a_weak_password_is_refused_and_leaves_it_usable)
{
    auto const made = invite("alice-liddell");
    BOOST_TEST((use(made, "short") == errc::password_too_short));
    BOOST_TEST((use(made, "alice-liddell") == errc::password_too_common));
    BOOST_TEST((use("unknown", "short") == errc::bad_credentials));
    BOOST_TEST(!use(made));
}

BOOST_AUTO_TEST_CASE(using_it_ends_what_the_user_had)
{
    domain.add_user("alice", "an old password");
    auto const before = domain.store.users.at("alice").password_version;
    auto const made = invite("alice");
    BOOST_TEST(domain.store.users.at("alice").password_version == before);
    BOOST_TEST(!use(made));
    BOOST_TEST(domain.store.users.at("alice").password_version == before + 1);
    BOOST_TEST(domain.store.cutoffs.contains("alice"));
}

BOOST_AUTO_TEST_CASE(nothing_is_changed_while_the_store_is_away)
{
    auto const made = invite("alice");
    for (auto const* const call : {"find_invited", "use_invite"}) {
        domain.store.away_for = call;
        BOOST_TEST((use(made) == errc::busy), call);
    }
    domain.store.away_for = {};
    BOOST_TEST(!use(made));
}

BOOST_AUTO_TEST_CASE(other_roles_are_refused)
{
    domain.add_user("alice", "an old password", {"staff"});
    BOOST_TEST((run_task(admin.invite_user("alice", {"admin"})).error() == errc::user_exists));
    BOOST_TEST(run_task(admin.invite_user("alice", {"staff"})).has_value());
    BOOST_TEST(run_task(admin.invite_user("Alice", {})).has_value());
    BOOST_TEST((run_task(admin.invite_user("al ice", {})).error() == errc::bad_user_name));
    BOOST_TEST((run_task(admin.invite_user("bob", {"Staff"})).error() == errc::bad_role));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::auth
