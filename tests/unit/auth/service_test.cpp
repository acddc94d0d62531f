#include "auth/service.hpp"

#include "auth/error.hpp"
#include "support/fake_domain.hpp"
#include <jwtgate/jwt/signer.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

struct fixture {
    test::fake_domain domain;
    service under_test = domain.make_service();

    fixture() { domain.add_user("ann", "right", {"admin", "staff"}); }

    grant log_in()
    {
        return run_task(under_test.login(test::credentials("ann", "right"), {})).granted.value();
    }

    std::int64_t after(std::chrono::seconds time) const { return to_numeric_date(domain.time.now() + time); }

    /// Claims of an access token as a login makes them now.
    jwt::claims access_claims() const
    {
        jwt::claims what;
        what.issued_at = what.not_before = after(0s);
        what.id = "id";
        what.type = "access";
        what.subject = "ann";
        what.csrf = "csrf";
        what.expires_at = after(1h);
        what.session = "sid";
        what.refreshable_until = after(24h);
        return what;
    }

    std::string sign(jwt::claims const& what) const { return jwt::signer{domain.keys}.sign(what).value(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_service, fixture)

BOOST_AUTO_TEST_CASE(an_access_token_counts_until_its_last_second)
{
    auto const given = log_in();
    domain.time.advance(1h - 1s);
    auto const token = under_test.authenticate(given.access.token);
    BOOST_TEST_REQUIRE(token.has_value());
    BOOST_TEST(token->claims().subject == "ann");
    BOOST_TEST(token->key_id() == "test");
    domain.time.advance(1s);
    BOOST_TEST((under_test.authenticate(given.access.token).error() == jwt::errc::expired));
}

BOOST_AUTO_TEST_CASE(leeway_is_added_to_the_life)
{
    domain.settings.leeway = 5s;
    auto lenient = domain.make_service();
    auto const given = log_in();
    domain.time.advance(1h + 4s);
    BOOST_TEST(lenient.authenticate(given.access.token).has_value());
    domain.time.advance(1s);
    BOOST_TEST((lenient.authenticate(given.access.token).error() == jwt::errc::expired));
}

BOOST_AUTO_TEST_CASE(each_token_counts_for_its_own_purpose_only)
{
    auto const given = log_in();
    BOOST_TEST((under_test.authenticate(given.refresh_token).error() == errc::access_required));
    BOOST_TEST((under_test.check_refresh_token(given.access.token).error() == errc::refresh_required));
    auto what = access_claims();
    for (auto const* const type : {"Access", "id", "refresh "}) {
        what.type = type;
        BOOST_TEST((under_test.authenticate(sign(what)).error() == errc::access_required));
        BOOST_TEST((under_test.check_refresh_token(sign(what)).error() == errc::refresh_required));
    }
}

BOOST_AUTO_TEST_CASE(a_refresh_token_needs_a_counter)
{
    auto what = access_claims();
    what.type = "refresh";
    BOOST_TEST((under_test.check_refresh_token(sign(what)).error() == jwt::errc::missing_claim));
    what.counter = 1;
    BOOST_TEST(under_test.check_refresh_token(sign(what)).has_value());
}

BOOST_AUTO_TEST_CASE(a_token_of_an_ended_session_is_refused)
{
    auto const given = log_in();
    auto const sid = std::string(under_test.authenticate(given.access.token)->claims().session);
    domain.revoked.end(sid);
    BOOST_TEST((under_test.authenticate(given.access.token).error() == errc::token_revoked));
    BOOST_TEST((under_test.check_refresh_token(given.refresh_token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(issuer_and_audience_are_put_in_and_then_required)
{
    domain.settings.issuer = "https://login";
    domain.settings.audience = "shop";
    auto ours = domain.make_service();
    auto const given = run_task(ours.login(test::credentials("ann", "right"), {})).granted.value();
    BOOST_TEST(ours.authenticate(given.access.token).has_value());
    BOOST_TEST(ours.check_refresh_token(given.refresh_token).has_value());
    domain.settings.issuer = "https://elsewhere";
    BOOST_TEST((domain.make_service().authenticate(given.access.token).error() == jwt::errc::wrong_issuer));
    domain.settings.issuer = "https://login";
    domain.settings.audience = "bank";
    BOOST_TEST((domain.make_service().authenticate(given.access.token).error() == jwt::errc::wrong_audience));
}

BOOST_AUTO_TEST_CASE(a_token_of_another_key_is_not_ours)
{
    auto const given = log_in();
    service other{domain.shared(), test::one_key("other")};
    BOOST_TEST((other.authenticate(given.access.token).error() == jwt::errc::unknown_key));
    BOOST_TEST((other.recognise(given.access.token).error() == jwt::errc::unknown_key));
}

BOOST_AUTO_TEST_CASE(recognises_expired_and_ended_tokens)
{
    auto const given = log_in();
    auto const sid = std::string(under_test.recognise(given.refresh_token)->claims().session);
    domain.revoked.end(sid);
    domain.time.advance(100 * 24h);
    BOOST_TEST(under_test.recognise(given.access.token).value().claims().session == sid);
    BOOST_TEST(under_test.recognise(given.refresh_token).value().claims().session == sid);
    auto forged = given.access.token;
    forged[forged.size() / 2] ^= 1;
    BOOST_TEST((under_test.recognise(forged).error() == jwt::errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(implicit_refresh_begins_when_the_window_does)
{
    auto const access = access_claims();
    BOOST_TEST((under_test.refresh_at(access).value() == domain.time.now() + 30min));
    domain.time.advance(30min - 1s);
    BOOST_TEST(!under_test.renew(access).has_value());
    domain.time.advance(1s);
    BOOST_TEST(under_test.renew(access).has_value());
}

BOOST_AUTO_TEST_CASE(a_renewed_token_differs_in_its_times_and_freshness_only)
{
    auto const given = log_in();
    domain.time.advance(45min);
    auto const old = under_test.authenticate(given.access.token).value();
    auto const renewed = under_test.renew(old.claims()).value();
    auto const token = under_test.authenticate(renewed.token).value();
    auto const& was = old.claims();
    auto const& is = token.claims();
    BOOST_TEST(was.fresh.value());
    BOOST_TEST(!is.fresh.value());
    BOOST_TEST(is.id != was.id);
    BOOST_TEST(is.issued_at.value() == after(0s));
    BOOST_TEST(is.not_before.value() == after(0s));
    BOOST_TEST(is.expires_at.value() == after(1h));
    BOOST_TEST(is.type == "access");
    BOOST_TEST(is.subject == was.subject);
    BOOST_TEST(is.session == was.session);
    BOOST_TEST(is.csrf == was.csrf);
    BOOST_TEST(is.refreshable_until.value() == was.refreshable_until.value());
    BOOST_CHECK_EQUAL_COLLECTIONS(is.roles->begin(), is.roles->end(), was.roles->begin(), was.roles->end());
    BOOST_TEST(renewed.csrf == given.access.csrf);
    BOOST_TEST((renewed.lives_for == 1h));
}

BOOST_AUTO_TEST_CASE(a_renewed_token_ends_with_implicit_refresh_at_the_latest)
{
    auto access = access_claims();
    domain.time.advance(50min);
    access.refreshable_until = after(20min);
    auto const renewed = under_test.renew(access).value();
    BOOST_TEST((renewed.lives_for == 20min));
    auto const last = under_test.authenticate(renewed.token).value();
    BOOST_TEST(last.claims().expires_at.value() == after(20min));
    BOOST_TEST(!under_test.refresh_at(last.claims()).has_value());
    domain.time.advance(19min);
    BOOST_TEST(!under_test.renew(last.claims()).has_value());
}

BOOST_AUTO_TEST_CASE(nothing_is_renewed_that_would_not_live_longer)
{
    auto access = access_claims();
    access.refreshable_until = *access.expires_at + 1;
    BOOST_TEST(under_test.refresh_at(access).has_value());
    access.refreshable_until = access.expires_at;
    BOOST_TEST(!under_test.refresh_at(access).has_value());
    access.refreshable_until.reset();
    BOOST_TEST(!under_test.refresh_at(access).has_value());
    domain.time.advance(59min);
    BOOST_TEST(!under_test.renew(access).has_value());
}

BOOST_AUTO_TEST_CASE(a_token_younger_than_a_second_is_not_renewed)
{
    domain.settings.access_ttl = 10min;  // shorter than the window: due from the beginning
    auto access = access_claims();
    access.expires_at = after(10min);
    BOOST_TEST(!under_test.renew(access).has_value());
    domain.time.advance(1s);
    BOOST_TEST(under_test.renew(access).has_value());
}

BOOST_AUTO_TEST_CASE(what_would_go_into_a_header_has_only_characters_that_a_login_makes)
{
    using namespace std::string_literals;
    domain.time.advance(45min);
    for (auto const& [text, is_renewed] : {
             std::pair{"AZaz09-_"s, true},
             {""s, true},
             {"x\r\nSet-Cookie: a=b"s, false},
             {"\n"s, false},
             {"\r"s, false},
             {"a\0b"s, false},
             {"a b"s, false},
             {"a;b"s, false},
             {"a,b"s, false},
             {"a=b"s, false},
             {"a=="s, false},
             {"a+b"s, false},
             {"a/b"s, false},
             {"a\tb"s, false},
             {"a\"b"s, false},
             {"a\x7f"s, false},
             {"\xc3\xa4"s, false},
         }) {
        BOOST_TEST_CONTEXT(text)
        {
            auto access = access_claims();
            access.issued_at = access.not_before = after(-45min);
            access.expires_at = after(15min);
            access.csrf = text;
            BOOST_TEST(under_test.renew(access).has_value() == is_renewed);
            access.csrf = "csrf";
            access.session = text;
            BOOST_TEST(under_test.renew(access).has_value() == is_renewed);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_window_of_zero_turns_it_off)
{
    domain.settings.refresh_window = 0s;
    auto const access = access_claims();
    domain.time.advance(1h - 1s);
    BOOST_TEST(!under_test.refresh_at(access).has_value());
    BOOST_TEST(!under_test.renew(access).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
