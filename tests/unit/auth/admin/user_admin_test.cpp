#include "auth/admin/user_admin.hpp"

#include "auth/error.hpp"
#include "support/fake_domain.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

using roles = std::vector<std::string>;

roles numbered_roles(int count)
{
    roles all;
    for (int i = 100; i < 100 + count; ++i) all.push_back("role" + std::to_string(i) + std::string(25, 'x'));
    return all;
}

struct fixture {
    test::fake_domain domain;
    user_admin under_test{domain.shared()};
    service login_service = domain.make_service();
    test::token_checks tokens = domain.make_tokens();

    result<void> add(std::string name, roles of_user = {}, std::string password = "kx4#qrzw")
    {
        return run_task(under_test.add(std::move(name), core::secret{std::move(password)}, std::move(of_user))
        );
    }

    result<std::size_t> set_password(std::string name, std::string password)
    {
        return run_task(under_test.set_password(std::move(name), core::secret{std::move(password)}));
    }

    result<grant> log_in(std::string name, std::string password = "kx4#qrzw")
    {
        return run_task(login_service.login(test::credentials(std::move(name), std::move(password)), {}))
            .granted;
    }

    user const& ann() { return domain.store.users.at("ann"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_user_admin, fixture)

BOOST_AUTO_TEST_CASE(adds_a_user_who_can_log_in)
{
    BOOST_TEST(add("Ann", {"staff", "admin", "staff"}).has_value());
    BOOST_TEST(ann().name == "ann");
    BOOST_TEST(ann().enabled);
    BOOST_TEST((ann().roles == roles{"admin", "staff"}));
    BOOST_TEST((ann().created == domain.time.now()));
    BOOST_TEST(ann().password_hash.starts_with("$argon2id$v=19$"));
    BOOST_TEST(log_in("ann").has_value());
}

BOOST_AUTO_TEST_CASE(says_why_it_does_not_add)
{
    BOOST_TEST(add("ann").has_value());
    BOOST_TEST((add("ANN").error() == errc::user_exists));
    BOOST_TEST((add(".x").error() == errc::bad_user_name));
    BOOST_TEST((add("bob", {"Admin"}).error() == errc::bad_role));
    BOOST_TEST((add("bob", {}, "short").error() == errc::password_too_short));
    BOOST_TEST((add("bob", {}, std::string(129, 'x')).error() == errc::password_too_long));
    BOOST_TEST((add("bob", {}, "password").error() == errc::password_too_common));
    BOOST_TEST((add("bobby.tables", {}, "Bobby.Tables").error() == errc::password_too_common));
    BOOST_TEST((add("bob", {}, "kx4#qrz\xff").error() == errc::password_not_text));
    domain.store.away = true;
    BOOST_TEST((add("bob").error() == errc::busy));
    BOOST_TEST(domain.store.users.size() == 1U);
}

BOOST_AUTO_TEST_CASE(knows_what_is_a_role)
{
    for (std::string const good : {"a", "0", "a.b_c-d", "0..", "abcdefghijklmnopqrstuvwxyz012345"}) {
        BOOST_TEST_CONTEXT(good) BOOST_TEST(add("u" + good, {good}).has_value());
    }
    for (std::string const bad : {"", "A", ".a", "-a", "_a", "a b", "a,b", "a@b", "\xc3\xa4", "a\n"}) {
        BOOST_TEST_CONTEXT(bad) BOOST_TEST((add("bob", {"fine", bad}).error() == errc::bad_role));
    }
    BOOST_TEST((add("bob", {std::string(33, 'a')}).error() == errc::bad_role));
}

BOOST_AUTO_TEST_CASE(a_user_has_at_most_32_roles)
{
    auto const all = numbered_roles(32);
    auto twice = all;
    twice.insert(twice.end(), all.begin(), all.end());
    BOOST_TEST(add("ann", twice).has_value());
    BOOST_TEST(ann().roles.size() == 32U);
    BOOST_TEST((add("bob", numbered_roles(33)).error() == errc::bad_role));
    BOOST_TEST((run_task(under_test.set_roles("ann", numbered_roles(33))).error() == errc::bad_role));
}

// The token is measured, so that what fits by a byte is told from what does not.
BOOST_AUTO_TEST_CASE(refuses_roles_that_make_a_cookie_too_large)
{
    BOOST_TEST(add("ann").has_value());
    std::size_t fits = 0;
    for (std::size_t length = 1'000; length < 3'000; ++length) {
        domain.settings.audience = std::string(length, 'a');
        if (!run_task(under_test.set_roles("ann", {"staff"}))) break;
        fits = length;
    }
    BOOST_TEST_REQUIRE(fits > 1'000U);
    BOOST_TEST_REQUIRE(fits < 2'999U);
    auto const size_of = [&](std::size_t length) {
        domain.settings.audience = std::string(length, 'a');
        auto const kid = std::string(jwt::max_key_id_size, 'k');
        auto const json = jwt::make_key_set_json(jwt::algorithm::hs512, kid, std::string(64, 's'));
        auto const keys = std::make_shared<jwt::key_set const>(*jwt::key_set::parse(json));
        service real{domain.shared(), keys, domain.counted};
        auto const given = run_task(real.login(test::credentials("ann", "kx4#qrzw"), {})).granted.value();
        return given.access.token.size() + max_cookie_overhead;
    };
    BOOST_TEST(size_of(fits) <= max_cookie_size);
    BOOST_TEST(size_of(fits + 2) > max_cookie_size);  // a fresh token is shorter by one: "true"
    BOOST_TEST((run_task(under_test.set_roles("ann", {"staff"})).error() == errc::token_too_large));
    BOOST_TEST((add("bob", {"staff"}).error() == errc::token_too_large));
}

BOOST_AUTO_TEST_CASE(shows_and_lists)
{
    BOOST_TEST(add("bob").has_value());
    BOOST_TEST(add("ann", {"staff"}).has_value());
    BOOST_TEST(run_task(under_test.show("ANN")).value().name == "ann");
    BOOST_TEST((run_task(under_test.show("carl")).error() == errc::no_such_user));
    BOOST_TEST((run_task(under_test.show("no name")).error() == errc::no_such_user));
    auto const all = run_task(under_test.list()).value();
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all.front().name == "ann");
    domain.store.away = true;
    BOOST_TEST((run_task(under_test.list()).error() == errc::busy));
}

BOOST_AUTO_TEST_CASE(a_new_password_replaces_the_old_one)
{
    BOOST_TEST(add("ann").has_value());
    BOOST_TEST((set_password("ann", "short").error() == errc::password_too_short));
    BOOST_TEST((set_password("bob", "v8%tmyyp").error() == errc::no_such_user));
    BOOST_TEST(set_password("Ann", "v8%tmyyp").has_value());
    BOOST_TEST((log_in("ann").error() == errc::bad_credentials));
    BOOST_TEST(log_in("ann", "v8%tmyyp").has_value());
}

BOOST_AUTO_TEST_CASE(roles_are_replaced_as_a_whole)
{
    BOOST_TEST(add("ann", {"a", "b"}).has_value());
    BOOST_TEST(run_task(under_test.set_roles("ann", {"c", "b"})).has_value());
    BOOST_TEST((ann().roles == roles{"b", "c"}));
    BOOST_TEST(run_task(under_test.set_roles("ann", {})).has_value());
    BOOST_TEST(ann().roles.empty());
}

BOOST_AUTO_TEST_CASE(a_disabled_user_can_log_in_again_when_enabled)
{
    BOOST_TEST(add("ann").has_value());
    BOOST_TEST(run_task(under_test.disable("ann")).has_value());
    BOOST_TEST((log_in("ann").error() == errc::bad_credentials));
    BOOST_TEST(run_task(under_test.enable("ann")).has_value());
    BOOST_TEST(log_in("ann").has_value());
}

using ending_change = result<std::size_t> (*)(fixture&);

constexpr auto changes = std::to_array<ending_change>({
    [](fixture& f) { return f.set_password("ann", "v8%tmyyp"); },
    [](fixture& f) { return run_task(f.under_test.set_roles("ann", {"new"})); },
    [](fixture& f) { return run_task(f.under_test.disable("ann")); },
    [](fixture& f) { return run_task(f.under_test.remove("ann")); },
});

BOOST_AUTO_TEST_CASE(a_change_ends_every_session_of_its_user_at_once)
{
    for (auto const change : changes) {
        fixture f;
        BOOST_TEST(f.add("ann").has_value());
        BOOST_TEST(f.add("bob").has_value());
        auto const here = f.log_in("ann").value();
        auto const there = f.log_in("ann").value();
        auto const of_bob = f.log_in("bob").value();
        BOOST_TEST(change(f).value() == 2U);
        for (auto const& given : {here, there}) {
            auto const refused = make_error_code(errc::token_revoked);
            BOOST_TEST(f.tokens.authenticate(given.access.token).error() == refused);
            BOOST_TEST(f.tokens.check_refresh_token(given.refresh_token).error() == refused);
        }
        BOOST_TEST(f.tokens.authenticate(of_bob.access.token).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_change_holds_for_sessions_whose_rows_were_lost)
{
    for (auto const change : changes) {
        fixture f;
        BOOST_TEST(f.add("ann").has_value());
        auto const given = f.log_in("ann").value();
        f.domain.store.sessions.clear();
        f.domain.time.advance(1s);
        BOOST_TEST(change(f).value() == 0U);
        auto const refused = make_error_code(errc::token_revoked);
        BOOST_TEST(f.tokens.authenticate(given.access.token).error() == refused);
        BOOST_TEST(f.tokens.check_refresh_token(given.refresh_token).error() == refused);
        BOOST_TEST((f.domain.store.cutoffs.at("ann").issued_before == f.domain.time.now()));
        BOOST_TEST((f.domain.store.cutoffs.at("ann").keep_until == f.domain.time.now() + 91 * 24h));
    }
}

BOOST_AUTO_TEST_CASE(a_login_in_the_second_of_the_change_counts)
{
    for (auto const change : changes) {
        fixture f;
        BOOST_TEST(f.add("ann").has_value());
        BOOST_TEST(change(f).has_value());
        f.domain.store.users.erase("ann");
        BOOST_TEST(f.add("ann").has_value());
        auto const given = f.log_in("ann").value();
        BOOST_TEST(f.tokens.authenticate(given.access.token).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_change_by_a_clock_that_was_ahead_locks_nobody_out)
{
    for (auto const ahead : {2s, 9 * 3600s, 100 * 86400s}) {
        fixture f;
        auto const right = f.domain.time.now();
        BOOST_TEST(f.add("ann").has_value());
        auto const before = f.log_in("ann").value();
        f.domain.time.set(right + ahead);
        BOOST_TEST(run_task(f.under_test.disable("ann")).has_value());
        f.domain.time.set(right + 1s);
        BOOST_TEST(run_task(f.under_test.enable("ann")).has_value());
        auto const after = f.log_in("ann").value();
        BOOST_TEST(f.tokens.authenticate(after.access.token).has_value());
        BOOST_TEST(f.tokens.check_refresh_token(after.refresh_token).has_value());
        BOOST_TEST((f.tokens.authenticate(before.access.token).error() == errc::token_revoked));
        BOOST_TEST((f.domain.store.cutoffs.at("ann").issued_before == right + 1s));
    }
}

BOOST_AUTO_TEST_CASE(a_removed_user_is_gone)
{
    BOOST_TEST(add("ann").has_value());
    BOOST_TEST(run_task(under_test.remove("ANN")).has_value());
    BOOST_TEST(domain.store.users.empty());
    BOOST_TEST((run_task(under_test.remove("ann")).error() == errc::no_such_user));
    BOOST_TEST((log_in("ann").error() == errc::bad_credentials));
}

BOOST_AUTO_TEST_CASE(nobody_is_changed_who_is_not_there)
{
    for (std::string const name : {"bob", "no name", ""}) {
        BOOST_TEST((set_password(name, "v8%tmyyp").error() == errc::no_such_user));
        BOOST_TEST((run_task(under_test.set_roles(name, {})).error() == errc::no_such_user));
        BOOST_TEST((run_task(under_test.disable(name)).error() == errc::no_such_user));
        BOOST_TEST((run_task(under_test.enable(name)).error() == errc::no_such_user));
        BOOST_TEST((run_task(under_test.remove(name)).error() == errc::no_such_user));
    }
}

BOOST_AUTO_TEST_CASE(a_change_that_cannot_be_stored_ends_nothing)
{
    BOOST_TEST(add("ann").has_value());
    auto const given = log_in("ann").value();
    domain.store.away = true;
    BOOST_TEST((run_task(under_test.disable("ann")).error() == errc::busy));
    BOOST_TEST((run_task(under_test.remove("ann")).error() == errc::busy));
    BOOST_TEST(tokens.authenticate(given.access.token).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
