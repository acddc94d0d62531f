#include "auth/error.hpp"
#include "auth/service.hpp"
#include "support/fake_domain.hpp"
#include "support/stderr_capture.hpp"

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
    service under_test = domain.make_service();

    fixture() { domain.add_user("ann", "right", {"staff"}); }

    grant log_in()
    {
        return run_task(under_test.login(test::credentials("ann", "right"), {})).granted.value();
    }

    result<grant> refresh(std::string_view token)
    {
        auto checked = under_test.check_refresh_token(token);
        if (!checked) return checked.error();
        return run_task(
            under_test.refresh(std::move(*checked), {.address = "192.0.2.7", .user_agent = "curl"})
        );
    }

    result<void> log_out(std::vector<std::string> const& tokens)
    {
        std::vector<jwt::verified> recognised;
        for (auto const& token : tokens) recognised.push_back(under_test.recognise(token).value());
        return run_task(
            under_test.logout(std::move(recognised), {.address = "192.0.2.7", .user_agent = "curl"})
        );
    }

    session const& row() const { return domain.store.sessions.begin()->second; }
};

bool has(std::string const& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_service_session, fixture)

BOOST_AUTO_TEST_CASE(a_refresh_rotates_the_refresh_token)
{
    auto const first = log_in();
    domain.time.advance(2h);
    auto const second = refresh(first.refresh_token).value();
    auto const now = domain.time.now();
    BOOST_TEST(row().counter == 2);
    BOOST_TEST((row().rotated_at == now));
    BOOST_TEST((row().prev_rotated_at == now - 2h));
    BOOST_TEST((row().refresh_expires == now + 30 * 24h));
    auto const token = under_test.check_refresh_token(second.refresh_token).value();
    BOOST_TEST(token.claims().counter.value() == 2);
    BOOST_TEST(token.claims().issued_at.value() == to_numeric_date(now));
    BOOST_TEST(token.claims().expires_at.value() == to_numeric_date(now + 30 * 24h));
    BOOST_TEST(second.refresh_csrf == first.refresh_csrf);
    BOOST_TEST((second.refresh_lives_for == 30 * 24h));
    BOOST_TEST(refresh(second.refresh_token).has_value());
}

BOOST_AUTO_TEST_CASE(the_access_token_beside_it_is_not_fresh_and_has_the_roles_of_now)
{
    auto const first = log_in();
    domain.store.users["ann"].roles = {"boss", "staff"};
    domain.time.advance(10h);
    auto const second = refresh(first.refresh_token).value();
    auto const token = under_test.authenticate(second.access.token).value();
    BOOST_TEST(!token.claims().fresh.value());
    BOOST_TEST(token.claims().roles->size() == 2U);
    BOOST_TEST(token.claims().session == row().id);
    BOOST_TEST(token.claims().refreshable_until.value() == to_numeric_date(domain.time.now() + 24h));
    BOOST_TEST(second.access.csrf == first.access.csrf);
    BOOST_TEST((second.access.lives_for == 1h));
}

BOOST_AUTO_TEST_CASE(no_refresh_goes_past_the_end_of_the_session)
{
    auto const end = domain.time.now() + 90 * 24h;
    auto token = log_in().refresh_token;
    for (int day = 29; day < 87; day += 29) {
        domain.time.advance(29 * 24h);
        token = refresh(token)->refresh_token;
    }
    domain.time.advance(29 * 24h);
    auto const last = refresh(token).value();
    BOOST_TEST((row().refresh_expires == end));
    BOOST_TEST((last.refresh_lives_for == 3 * 24h));
    domain.time.advance(3 * 24h - 1s);
    auto const very_last = refresh(last.refresh_token).value();
    BOOST_TEST((very_last.access.lives_for == 1s));
    BOOST_TEST((very_last.refresh_lives_for == 1s));
    domain.time.advance(1s);
    BOOST_TEST((refresh(very_last.refresh_token).error() == jwt::errc::expired));
}

BOOST_AUTO_TEST_CASE(leeway_does_not_prolong_a_session)
{
    domain.settings.leeway = 5s;
    auto const given = log_in();
    auto lenient = domain.make_service();
    domain.time.advance(30 * 24h);
    auto checked = lenient.check_refresh_token(given.refresh_token).value();
    BOOST_TEST((run_task(lenient.refresh(std::move(checked), {})).error() == jwt::errc::expired));
    BOOST_TEST(row().counter == 1);
}

BOOST_AUTO_TEST_CASE(a_refresh_token_is_good_for_one_rotation)
{
    auto const first = log_in();
    auto const second = refresh(first.refresh_token).value();
    BOOST_TEST((refresh(first.refresh_token).error() == errc::token_revoked));
    BOOST_TEST(row().counter == 2);
    BOOST_TEST(refresh(second.refresh_token).has_value());
}

BOOST_AUTO_TEST_CASE(a_session_that_is_gone_is_not_refreshed)
{
    auto const given = log_in();
    domain.store.sessions.clear();
    BOOST_TEST((refresh(given.refresh_token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(a_session_ended_elsewhere_is_not_refreshed)
{
    auto const given = log_in();
    run_task(domain.store.end_sessions({{.id = row().id, .keep_until = {}}})).value();
    BOOST_TEST((refresh(given.refresh_token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(a_disabled_user_is_not_refreshed)
{
    auto const given = log_in();
    domain.store.users["ann"].enabled = false;
    BOOST_TEST((refresh(given.refresh_token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(a_refresh_that_cannot_be_stored_spends_nothing)
{
    auto const given = log_in();
    for (auto const* const call : {"find_session", "rotate_session"}) {
        domain.store.away_for = call;
        BOOST_TEST((refresh(given.refresh_token).error() == errc::busy));
    }
    domain.store.away_for = "";
    BOOST_TEST(refresh(given.refresh_token).has_value());
}

BOOST_AUTO_TEST_CASE(a_new_key_signs_the_next_refresh_token)
{
    auto const given = log_in();
    auto checked = under_test.check_refresh_token(given.refresh_token).value();
    service with_new_key{domain.shared(), test::one_key("new")};
    auto const next = run_task(with_new_key.refresh(std::move(checked), {})).value();
    BOOST_TEST(row().rotated_kid == "new");
    BOOST_TEST(with_new_key.check_refresh_token(next.refresh_token)->key_id() == "new");
}

BOOST_AUTO_TEST_CASE(logout_with_either_token_ends_both)
{
    for (bool const with_access : {true, false}) {
        auto const given = log_in();
        BOOST_TEST(log_out({with_access ? given.access.token : given.refresh_token}).has_value());
        BOOST_TEST((under_test.authenticate(given.access.token).error() == errc::token_revoked));
        BOOST_TEST((under_test.check_refresh_token(given.refresh_token).error() == errc::token_revoked));
    }
    BOOST_TEST(domain.store.ended.size() == 2U);
    BOOST_TEST((domain.store.ended.begin()->second == domain.time.now() + 91 * 24h));
}

BOOST_AUTO_TEST_CASE(logout_ends_no_session_but_those_of_its_tokens)
{
    auto const here = log_in();
    auto const there = log_in();
    BOOST_TEST(log_out({here.access.token, here.refresh_token}).has_value());
    BOOST_TEST(under_test.authenticate(there.access.token).has_value());
    BOOST_TEST(domain.store.ended.size() == 1U);
}

BOOST_AUTO_TEST_CASE(logout_ends_every_session_of_its_tokens)
{
    auto const here = log_in();
    auto const there = log_in();
    BOOST_TEST(log_out({here.access.token, there.refresh_token, here.refresh_token}).has_value());
    BOOST_TEST((under_test.authenticate(here.access.token).error() == errc::token_revoked));
    BOOST_TEST((under_test.authenticate(there.access.token).error() == errc::token_revoked));
    BOOST_TEST(domain.store.ended.size() == 2U);
}

BOOST_AUTO_TEST_CASE(logout_works_for_expired_tokens_and_twice)
{
    auto const given = log_in();
    domain.time.advance(2h);
    BOOST_TEST(log_out({given.access.token}).has_value());
    BOOST_TEST(log_out({given.access.token}).has_value());
    BOOST_TEST((under_test.check_refresh_token(given.refresh_token).error() == errc::token_revoked));
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
    BOOST_TEST((under_test.authenticate(given.access.token).error() == errc::token_revoked));
    BOOST_TEST((under_test.check_refresh_token(given.refresh_token).error() == errc::token_revoked));
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
        service elsewhere{other.shared(), domain.keys};
        std::vector<jwt::verified> tokens;
        tokens.push_back(elsewhere.recognise(given.access.token).value());
        BOOST_TEST(run_task(elsewhere.logout(std::move(tokens), {})).has_value());
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
    auto other = domain.make_service();
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

BOOST_AUTO_TEST_CASE(refresh_reuse_and_logout_are_one_line_each)
{
    auto const first = log_in();
    test::stderr_capture const err;
    domain.log = core::log{core::log_level::info, core::log_format::text};
    auto const second = refresh(first.refresh_token).value();
    refresh(first.refresh_token);
    domain.store.away = true;
    log_out({second.access.token});
    domain.store.away = false;
    log_out({second.access.token, second.refresh_token});
    domain.log.flush();
    auto const text = err.text();
    auto const who = " user=ann address=192.0.2.7 sid=" + domain.store.ended.begin()->first;
    BOOST_TEST(std::ranges::count(text, '\n') == 4);
    BOOST_TEST(has(text, "info refresh" + who + " outcome=ok\n"));
    BOOST_TEST(has(text, "warning refresh" + who + " outcome=reused\n"));
    BOOST_TEST(has(text, "info logout" + who + " outcome=ok\n"));
    BOOST_TEST(has(text, "warning logout" + who + " outcome=busy\n"));
    for (auto const& secret :
         {first.refresh_token, second.refresh_token, second.access.token, second.access.csrf}) {
        BOOST_TEST(!has(text, secret));
    }
}

BOOST_AUTO_TEST_SUITE_END()
