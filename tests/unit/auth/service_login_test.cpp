#include "auth/error.hpp"
#include "auth/service.hpp"
#include "support/fake_domain.hpp"
#include "support/stderr_capture.hpp"
#include "unit/auth/one_user.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

struct fixture {
    test::fake_domain domain;

    fixture() { domain.add_user("ann", "right", {"staff"}); }

    result<grant> log_in(std::string name, std::string password)
    {
        auto from = client{.address = "192.0.2.7", .user_agent = "curl/7"};
        auto service = domain.make_service();
        return run_task(
                   service.login(test::credentials(std::move(name), std::move(password)), std::move(from))
        )
            .granted;
    }

    session const& only_session() const
    {
        BOOST_TEST_REQUIRE(domain.store.sessions.size() == 1U);
        return domain.store.sessions.begin()->second;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_service_login, fixture)

BOOST_AUTO_TEST_CASE(a_login_starts_a_session_and_gives_its_tokens)
{
    auto const given = log_in("ann", "right").value();
    auto const& row = only_session();
    auto const now = domain.time.now();
    BOOST_TEST(row.id.size() == 22U);
    BOOST_TEST(row.user_id == domain.store.users["ann"].id);
    BOOST_TEST(row.user_name == "ann");
    BOOST_TEST(row.counter == 1);
    BOOST_TEST((row.created == now));
    BOOST_TEST((row.rotated_at == now));
    BOOST_TEST(row.rotated_kid == "test");
    BOOST_TEST((row.refresh_expires == now + 30 * 24h));
    BOOST_TEST((row.absolute_end == now + 90 * 24h));
    BOOST_TEST(row.csrf_access.size() == 22U);
    BOOST_TEST(row.csrf_refresh.size() == 22U);
    BOOST_TEST(row.csrf_access != row.csrf_refresh);
    BOOST_TEST(row.address == "192.0.2.7");
    BOOST_TEST(row.user_agent == "curl/7");
    BOOST_TEST(given.access.csrf == row.csrf_access);
    BOOST_TEST(given.refresh_csrf == row.csrf_refresh);
    auto tokens = domain.make_tokens();
    auto const access = tokens.authenticate(given.access.token).value();
    BOOST_TEST(access.claims().session == row.id);
    BOOST_TEST(access.claims().fresh.value());
    auto const refresh = tokens.check_refresh_token(given.refresh_token).value();
    BOOST_TEST(refresh.claims().session == row.id);
    BOOST_TEST(refresh.claims().counter.value() == 1);
    BOOST_TEST(refresh.claims().csrf == row.csrf_refresh);
}

BOOST_AUTO_TEST_CASE(a_refresh_token_ends_with_its_session)
{
    domain.settings.session_max_age = 10 * 24h;
    auto const given = log_in("ann", "right").value();
    BOOST_TEST((only_session().refresh_expires == domain.time.now() + 10 * 24h));
    BOOST_TEST((given.refresh_lives_for == 10 * 24h));
}

BOOST_AUTO_TEST_CASE(a_name_is_folded_and_a_password_is_not)
{
    BOOST_TEST(log_in("ANN", "right").has_value());
    for (auto const* const other : {"Right", "right ", " right", "righ", ""}) {
        BOOST_TEST((log_in("ann", other).error() == errc::bad_credentials));
    }
    BOOST_TEST((log_in("ann", std::string("right\0", 6)).error() == errc::bad_credentials));
}

BOOST_AUTO_TEST_CASE(unknown_wrong_and_disabled_get_one_answer)
{
    domain.add_user("off", "right").enabled = false;
    for (auto const* const name : {"ann", "nobody", "off", "not a name", "", " ann", "ann\xc3\xa4"}) {
        BOOST_TEST_CONTEXT(name) BOOST_TEST((log_in(name, "wrong").error() == errc::bad_credentials));
    }
    BOOST_TEST((log_in("off", "right").error() == errc::bad_credentials));
    BOOST_TEST(domain.store.sessions.empty());
}

// The pool that has ended answers busy: whoever gets that answer had asked it for a hash.
BOOST_AUTO_TEST_CASE(every_login_computes_a_hash)
{
    domain.add_user("off", "right").enabled = false;
    domain.add_user("damaged", "right").password_hash = "?";
    domain.passwords.join();
    for (auto const* const name : {"ann", "nobody", "off", "damaged", "not a name", ""}) {
        BOOST_TEST_CONTEXT(name) BOOST_TEST((log_in(name, "right").error() == errc::busy));
    }
}

BOOST_AUTO_TEST_CASE(a_damaged_hash_lets_nobody_in)
{
    for (std::string const hash : {"", "?", "$argon2id$v=19$m=99999999,t=1,p=1$c2FsdA$aGFzaA"}) {
        domain.store.users["ann"].password_hash = hash;
        BOOST_TEST((log_in("ann", "right").error() == errc::bad_credentials));
    }
}

BOOST_AUTO_TEST_CASE(a_user_who_changes_during_the_login_does_not_get_in)
{
    domain.store.before_session_start = [&] { domain.store.users["ann"].enabled = false; };
    BOOST_TEST((log_in("ann", "right").error() == errc::bad_credentials));
    domain.store.users["ann"].enabled = true;
    domain.store.before_session_start = [&] { ++domain.store.users["ann"].password_version; };
    BOOST_TEST((log_in("ann", "right").error() == errc::bad_credentials));
    domain.store.before_session_start = [&] { domain.store.users.clear(); };
    BOOST_TEST((log_in("ann", "right").error() == errc::bad_credentials));
    BOOST_TEST(domain.store.sessions.empty());
}

BOOST_AUTO_TEST_CASE(the_token_has_the_roles_of_the_moment_it_starts)
{
    domain.store.before_session_start = [&] { domain.store.users["ann"].roles = {"new"}; };
    auto const given = log_in("ann", "right").value();
    auto tokens = domain.make_tokens();
    auto const token = tokens.authenticate(given.access.token).value();
    BOOST_TEST_REQUIRE(token.claims().roles->size() == 1U);
    BOOST_TEST(*token.claims().roles->begin() == "new");
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_is_said_to_be)
{
    domain.store.away_for = "find_user";
    BOOST_TEST((log_in("ann", "right").error() == errc::busy));
    domain.store.away_for = "start_session";
    BOOST_TEST((log_in("ann", "right").error() == errc::busy));
    BOOST_TEST((log_in("ann", "wrong").error() == errc::bad_credentials));
}

BOOST_AUTO_TEST_CASE(a_weaker_hash_is_replaced_and_the_version_stays)
{
    password_pool stronger{1, {.memory = std::size_t{16} << 10U, .passes = 2}};
    auto shared = domain.shared();
    service under_test{
        {shared.store,
         stronger,
         shared.revoked,
         shared.clock,
         shared.random,
         shared.log,
         shared.settings,
         shared.guard},
        domain.keys,
        domain.counted};
    auto const& ann = domain.store.users["ann"];
    auto const weak = ann.password_hash;
    BOOST_TEST(
        (run_task(under_test.login(test::credentials("ann", "wrong"), {})).granted.error() ==
         errc::bad_credentials)
    );
    BOOST_TEST(ann.password_hash == weak);
    domain.store.away_for = "rehash_password";
    BOOST_TEST(run_task(under_test.login(test::credentials("ann", "right"), {})).granted.has_value());
    BOOST_TEST(ann.password_hash == weak);
    domain.store.away_for = "";
    BOOST_TEST(run_task(under_test.login(test::credentials("ann", "right"), {})).granted.has_value());
    BOOST_TEST(ann.password_hash.starts_with("$argon2id$v=19$m=16,t=2,p=1$"));
    BOOST_TEST(ann.password_version == 1);
    BOOST_TEST(run_task(under_test.login(test::credentials("ann", "right"), {})).granted.has_value());
    stronger.join();
}

BOOST_AUTO_TEST_CASE(a_long_user_agent_is_cut)
{
    auto service = domain.make_service();
    auto from = client{.address = "::1", .user_agent = std::string(10'000, 'x')};
    auto const given = run_task(service.login(test::credentials("ann", "right"), std::move(from))).granted;
    BOOST_TEST(given.has_value());
    BOOST_TEST(only_session().user_agent == std::string(256, 'x'));
}

BOOST_AUTO_TEST_CASE(each_login_is_one_line_without_a_secret)
{
    test::stderr_capture const err;
    domain.log = core::log{core::log_level::info, core::log_format::text};
    auto const given = log_in("Ann", "right").value();
    log_in("ann", "hunter2-secret");
    domain.store.away = true;
    log_in("ann", "right");
    domain.log.flush();
    auto const text = err.text();
    BOOST_TEST(std::ranges::count(text, '\n') == 3);
    BOOST_TEST(has(text, "login user=ann address=192.0.2.7 sid=" + only_session().id + " outcome=ok\n"));
    BOOST_TEST(has(text, "login user=ann address=192.0.2.7 sid=\"\" outcome=bad_credentials\n"));
    BOOST_TEST(has(text, "login user=? address=192.0.2.7 sid=\"\" outcome=busy\n"));
    for (auto const& secret :
         {std::string("right"),
          std::string("hunter2"),
          given.access.token,
          given.refresh_token,
          given.access.csrf,
          given.refresh_csrf}) {
        BOOST_TEST(!has(text, secret));
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_is_no_user_is_not_logged_as_typed)
{
    domain.add_user("off", "right").enabled = false;
    for (auto const& [typed, logged] : {
             std::pair<std::string, std::string>{"off", "off"},
             {"OFF", "off"},
             {"ann", "ann"},
             {"anne", "?"},
             {"correct horse battery", "?"},
             {"hunter2", "?"},
             {"no\nbody", "?"},
             {"", "?"},
             {"?", "?"},
             {std::string(16'384, 'x'), "?"},
         }) {
        test::stderr_capture const err;
        domain.log = core::log{core::log_level::info, core::log_format::text};
        BOOST_TEST((log_in(typed, "wrong").error() == errc::bad_credentials));
        domain.log.flush();
        BOOST_TEST(
            err.text().substr(err.text().find("login ")) ==
            "login user=" + logged + " address=192.0.2.7 sid=\"\" outcome=bad_credentials\n"
        );
    }
}

BOOST_AUTO_TEST_CASE(a_login_beyond_the_most_ends_the_session_not_used_for_longest)
{
    domain.settings.max_sessions = 3;
    auto service = domain.make_service();
    auto tokens = domain.make_tokens();
    std::vector<grant> given;
    auto const counts = [&](grant const& one) { return tokens.authenticate(one.access.token).has_value(); };
    for (int i = 0; i < 3; ++i) {
        given.push_back(log_in("ann", "right").value());
        domain.time.advance(1s);
    }
    auto const first = tokens.check_refresh_token(given[0].refresh_token).value();
    given[0] = run_task(service.refresh(first, {})).value();
    domain.time.advance(1s);
    given.push_back(log_in("ann", "right").value());
    BOOST_TEST(domain.store.sessions.size() == 3U);
    BOOST_TEST((tokens.authenticate(given[1].access.token).error() == errc::token_revoked));
    for (auto const i : {0, 2, 3}) BOOST_TEST(counts(given[static_cast<std::size_t>(i)]));
    domain.add_user("bob", "right");
    BOOST_TEST(log_in("bob", "right").has_value());
    for (auto const i : {0, 2, 3}) BOOST_TEST(counts(given[static_cast<std::size_t>(i)]));
}

BOOST_AUTO_TEST_CASE(a_damaged_hash_is_an_error_in_the_log)
{
    test::stderr_capture const err;
    domain.log = core::log{core::log_level::info, core::log_format::text};
    domain.store.users["ann"].password_hash = "?";
    log_in("ann", "right");
    domain.log.flush();
    BOOST_TEST(has(err.text(), "error unusable_password_hash user=ann\n"));
}

BOOST_AUTO_TEST_SUITE_END()
