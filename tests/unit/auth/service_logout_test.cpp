#include "auth/service.hpp"
#include "support/stderr_capture.hpp"
#include "unit/auth/one_user.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

BOOST_FIXTURE_TEST_SUITE(auth_service_logout, one_user)

BOOST_AUTO_TEST_CASE(logout_with_either_token_ends_both)
{
    for (bool const with_access : {true, false}) {
        auto const given = log_in();
        BOOST_TEST(log_out({with_access ? given.access.token : given.refresh_token}).has_value());
        BOOST_TEST((tokens.authenticate(given.access.token).error() == errc::token_revoked));
        BOOST_TEST((tokens.check_refresh_token(given.refresh_token).error() == errc::token_revoked));
    }
    BOOST_TEST(domain.store.ended.size() == 2U);
    BOOST_TEST((domain.store.ended.begin()->second == domain.time.now() + 91 * 24h));
}

BOOST_AUTO_TEST_CASE(logout_ends_no_session_but_those_of_its_tokens)
{
    auto const here = log_in();
    auto const there = log_in();
    BOOST_TEST(log_out({here.access.token, here.refresh_token}).has_value());
    BOOST_TEST(tokens.authenticate(there.access.token).has_value());
    BOOST_TEST(domain.store.ended.size() == 1U);
}

BOOST_AUTO_TEST_CASE(logout_ends_every_session_of_its_tokens)
{
    auto const here = log_in();
    auto const there = log_in();
    BOOST_TEST(log_out({here.access.token, there.refresh_token, here.refresh_token}).has_value());
    BOOST_TEST((tokens.authenticate(here.access.token).error() == errc::token_revoked));
    BOOST_TEST((tokens.authenticate(there.access.token).error() == errc::token_revoked));
    BOOST_TEST(domain.store.ended.size() == 2U);
}

BOOST_AUTO_TEST_CASE(logout_works_for_expired_tokens_and_twice)
{
    auto const given = log_in();
    domain.time.advance(2h);
    BOOST_TEST(log_out({given.access.token}).has_value());
    BOOST_TEST(log_out({given.access.token}).has_value());
    BOOST_TEST((tokens.check_refresh_token(given.refresh_token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(logout_without_a_token_asks_nobody)
{
    domain.store.away = true;
    BOOST_TEST(log_out({}).has_value());
}

BOOST_AUTO_TEST_CASE(logout_that_cannot_be_stored_refuses_all_the_same)
{
    auto const given = log_in();
    domain.store.away = true;
    BOOST_TEST((log_out({given.access.token}).error() == errc::busy));
    domain.store.away = false;
    BOOST_TEST((tokens.authenticate(given.access.token).error() == errc::token_revoked));
    BOOST_TEST((tokens.check_refresh_token(given.refresh_token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(a_session_without_a_row_is_remembered_as_long_as_any_may_live)
{
    auto const given = log_in();
    auto const issued = domain.time.now();
    for (auto const clock : {-53 * 365 * 24h, -1h, 0h, 1h}) {
        domain.store.sessions.clear();
        domain.store.ended.clear();
        domain.time.set(issued + clock);
        test::fake_domain other;
        other.time.set(issued + clock);
        service elsewhere{other.shared(), domain.keys, other.counted};
        std::vector<jwt::verified> recognised;
        recognised.push_back(tokens.recognise(given.access.token).value());
        auto const ended = run_task(elsewhere.logout(std::move(recognised), {}));
        BOOST_TEST(ended.has_value());
        BOOST_TEST_REQUIRE(other.store.ended.size() == 1U);
        BOOST_TEST((other.store.ended.begin()->second == issued + std::max(clock, 0h) + 91 * 24h));
    }
}

BOOST_AUTO_TEST_CASE(a_token_whose_session_has_ended_for_good_asks_nobody_and_is_not_logged)
{
    auto const here = log_in();
    auto const there = log_in();
    BOOST_TEST(log_out({here.access.token, here.refresh_token}).has_value());
    test::stderr_capture const err;
    domain.log = core::log{core::log_level::info, core::log_format::text};
    auto const calls = domain.store.calls;
    BOOST_TEST(log_out({here.access.token, here.refresh_token}).has_value());
    BOOST_TEST(domain.store.calls == calls);
    domain.log.flush();
    BOOST_TEST(err.text().empty());
    BOOST_TEST(log_out({here.refresh_token, there.access.token}).has_value());
    BOOST_TEST(domain.store.calls == calls + 1);
    domain.log.flush();
    BOOST_TEST(std::ranges::count(err.text(), '\n') == 1);
}

BOOST_AUTO_TEST_CASE(a_logout_that_was_not_stored_is_tried_again)
{
    auto const given = log_in();
    domain.store.away = true;
    for (int i = 0; i < 2; ++i) BOOST_TEST((log_out({given.access.token}).error() == errc::busy));
    domain.store.away = false;
    BOOST_TEST(log_out({given.access.token}).has_value());
    BOOST_TEST(domain.store.ended.size() == 1U);
}

BOOST_AUTO_TEST_CASE(every_worker_refuses_after_a_logout)
{
    auto other = domain.make_tokens();
    auto const given = log_in();
    BOOST_TEST(other.authenticate(given.access.token).has_value());
    BOOST_TEST(log_out({given.refresh_token}).has_value());
    BOOST_TEST((other.authenticate(given.access.token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(finds_the_session_of_a_token)
{
    log_in();
    BOOST_TEST(run_task(under_test.find_session(row().id)).value().id == row().id);
    BOOST_TEST((run_task(under_test.find_session("another")).error() == errc::token_revoked));
    domain.store.away = true;
    BOOST_TEST((run_task(under_test.find_session(row().id)).error() == errc::busy));
}

BOOST_AUTO_TEST_CASE(a_logout_is_one_line)
{
    auto const given = log_in();
    auto const who = " user=ann address=192.0.2.7 sid=" + row().id;
    test::stderr_capture const err;
    domain.log = core::log{core::log_level::info, core::log_format::text};
    domain.store.away = true;
    log_out({given.access.token});
    domain.store.away = false;
    log_out({given.access.token, given.refresh_token});
    domain.log.flush();
    auto const text = err.text();
    BOOST_TEST(std::ranges::count(text, '\n') == 2);
    BOOST_TEST(has(text, "info logout" + who + " outcome=ok\n"));
    BOOST_TEST(has(text, "warning logout" + who + " outcome=busy\n"));
    for (auto const& secret : {given.refresh_token, given.access.token, given.access.csrf})
        BOOST_TEST(!has(text, secret));
}

BOOST_AUTO_TEST_SUITE_END()
