#include "auth/service.hpp"
#include "support/stderr_capture.hpp"
#include "unit/auth/one_user.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

BOOST_FIXTURE_TEST_SUITE(auth_service_refresh, one_user)

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
    auto const token = tokens.check_refresh_token(second.refresh_token).value();
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
    auto const token = tokens.authenticate(second.access.token).value();
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
    auto lenient = domain.make_tokens();
    domain.time.advance(30 * 24h);
    auto const checked = lenient.check_refresh_token(given.refresh_token).value();
    BOOST_TEST((run_task(under_test.refresh(checked, {})).error() == jwt::errc::expired));
    BOOST_TEST(row().counter == 1);
}

BOOST_AUTO_TEST_CASE(a_superseded_token_yields_the_same_successor_inside_grace)
{
    auto const first = log_in();
    auto const second = refresh(first.refresh_token).value();
    domain.time.advance(29s);
    auto const again = refresh(first.refresh_token).value();
    BOOST_TEST(again.refresh_token == second.refresh_token);
    BOOST_TEST(row().counter == 2);
    BOOST_TEST((again.refresh_lives_for == 30 * 24h - 29s));
    auto const access = tokens.authenticate(again.access.token).value();
    BOOST_TEST(access.claims().issued_at.value() == to_numeric_date(domain.time.now()));
    BOOST_TEST((again.access.lives_for == 1h));
}

BOOST_AUTO_TEST_CASE(a_token_used_again_after_grace_ends_its_session)
{
    auto const first = log_in();
    auto const second = refresh(first.refresh_token).value();
    domain.time.advance(30s);
    BOOST_TEST((refresh(first.refresh_token).error() == errc::token_reused));
    BOOST_TEST((tokens.authenticate(second.access.token).error() == errc::token_revoked));
    BOOST_TEST((refresh(second.refresh_token).error() == errc::token_revoked));
    BOOST_TEST(domain.store.sessions.empty());
}

BOOST_AUTO_TEST_CASE(grace_does_not_outlive_a_logout)
{
    auto const first = log_in();
    auto const second = refresh(first.refresh_token).value();
    BOOST_TEST(log_out({second.access.token}).has_value());
    BOOST_TEST((refresh(first.refresh_token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(the_successor_stays_the_same_when_lives_change_and_when_its_key_goes)
{
    jwt::key_ring ring{domain.keys};
    service under_change{domain.shared(), ring, domain.counted};
    auto const first = log_in();
    auto const second = refresh(first.refresh_token).value();
    auto const retry = [&] {
        return run_task(under_change.refresh(tokens.check_refresh_token(first.refresh_token).value(), {}));
    };
    domain.settings.refresh_ttl = 1h;
    BOOST_TEST(retry()->refresh_token == second.refresh_token);
    auto const other = test::one_key("other");
    ring.replace(other);
    auto const signed_anew = retry().value();
    authenticator knows_other{other, domain.settings, domain.revoked, domain.clock};
    auto const token = knows_other.authenticate(signed_anew.refresh_token, {.type = token_type::refresh});
    BOOST_TEST(token->claims().counter.value() == 2);
    BOOST_TEST(token->claims().expires_at.value() == to_numeric_date(row().refresh_expires));
    BOOST_TEST(retry()->refresh_token == signed_anew.refresh_token);
}

BOOST_AUTO_TEST_CASE(a_token_newer_than_its_session_ends_it)
{
    auto const first = log_in();
    auto const before = row();
    auto const second = refresh(first.refresh_token).value();
    domain.store.sessions.begin()->second = before;  // a backup was restored
    BOOST_TEST((refresh(second.refresh_token).error() == errc::counter_ahead));
    BOOST_TEST((tokens.authenticate(first.access.token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(a_row_edited_by_hand_is_refused_and_named)
{
    auto const given = log_in();
    domain.store.sessions.begin()->second.csrf_refresh.clear();
    test::stderr_capture const err;
    domain.log = core::log{core::log_level::info, core::log_format::text};
    BOOST_TEST((refresh(given.refresh_token).error() == errc::unusable_session));
    domain.log.flush();
    BOOST_TEST(has(err.text(), "session_row_refused"));
    BOOST_TEST(has(err.text(), row().id));
    BOOST_TEST(has(err.text(), "csrf_refresh is no id"));
}

BOOST_AUTO_TEST_CASE(a_clock_behind_the_last_rotation_refuses_for_a_while_and_ends_nothing)
{
    auto const first = log_in();
    domain.time.advance(9h);
    auto const second = refresh(first.refresh_token).value();
    domain.time.advance(-9h);
    BOOST_TEST((refresh(first.refresh_token).error() == jwt::errc::not_yet_valid));
    domain.time.advance(9h + 1s);
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
    domain.store.away = true;
    BOOST_TEST((refresh(given.refresh_token).error() == errc::busy));
    domain.store.away = false;
    BOOST_TEST(row().counter == 1);
    BOOST_TEST(refresh(given.refresh_token).has_value());
}

BOOST_AUTO_TEST_CASE(a_new_key_signs_the_next_refresh_token)
{
    auto const given = log_in();
    auto const checked = tokens.check_refresh_token(given.refresh_token).value();
    service with_new_key{domain.shared(), test::one_key("new"), domain.counted};
    auto const next = run_task(with_new_key.refresh(checked, {})).value();
    BOOST_TEST(row().rotated_kid == "new");
    auto const ring = test::one_key("new");
    authenticator knows_new{ring, domain.settings, domain.revoked, domain.clock};
    auto const renewed = knows_new.authenticate(next.refresh_token, {.type = token_type::refresh});
    BOOST_TEST(renewed->key_id() == "new");
}

BOOST_AUTO_TEST_CASE(refresh_retry_and_reuse_are_one_line_each)
{
    auto const first = log_in();
    auto const who = " user=ann address=192.0.2.7 sid=" + row().id;
    test::stderr_capture const err;
    domain.log = core::log{core::log_level::info, core::log_format::text};
    auto const second = refresh(first.refresh_token).value();
    BOOST_TEST(refresh(first.refresh_token).has_value());
    domain.time.advance(30s);
    BOOST_TEST(!refresh(first.refresh_token).has_value());
    domain.log.flush();
    auto const text = err.text();
    BOOST_TEST(std::ranges::count(text, '\n') == 3);
    BOOST_TEST(has(text, "info refresh" + who + " outcome=ok\n"));
    BOOST_TEST(has(text, "warning refresh" + who + " outcome=reused\n"));
    for (auto const& secret : {first.refresh_token, second.refresh_token, second.access.csrf})
        BOOST_TEST(!has(text, secret));
}

BOOST_AUTO_TEST_SUITE_END()
