#include "auth/authenticator.hpp"

#include "unit/auth/one_user.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;

BOOST_FIXTURE_TEST_SUITE(auth_authenticator, one_user)

BOOST_AUTO_TEST_CASE(an_access_token_counts_until_its_last_second)
{
    auto const given = log_in();
    domain.time.advance(1h - 1s);
    auto const token = tokens.authenticate(given.access.token);
    BOOST_TEST_REQUIRE(token.has_value());
    BOOST_TEST(token->claims().subject == "ann");
    BOOST_TEST(token->key_id() == "test");
    domain.time.advance(1s);
    BOOST_TEST((tokens.authenticate(given.access.token).error() == jwt::errc::expired));
}

BOOST_AUTO_TEST_CASE(leeway_is_added_to_the_life)
{
    domain.settings.leeway = 5s;
    auto lenient = domain.make_tokens();
    auto const given = log_in();
    domain.time.advance(1h + 4s);
    BOOST_TEST(lenient.authenticate(given.access.token).has_value());
    domain.time.advance(1s);
    BOOST_TEST((lenient.authenticate(given.access.token).error() == jwt::errc::expired));
}

BOOST_AUTO_TEST_CASE(each_token_counts_for_its_own_purpose_only)
{
    auto const given = log_in();
    BOOST_TEST((tokens.authenticate(given.refresh_token).error() == errc::access_required));
    BOOST_TEST((tokens.check_refresh_token(given.access.token).error() == errc::refresh_required));
    auto what = access_claims();
    for (auto const* const type : {"Access", "id", "refresh "}) {
        what.type = type;
        BOOST_TEST((tokens.authenticate(sign(what)).error() == errc::access_required));
        BOOST_TEST((tokens.check_refresh_token(sign(what)).error() == errc::refresh_required));
    }
}

BOOST_AUTO_TEST_CASE(a_refresh_token_needs_a_counter)
{
    auto what = access_claims();
    what.type = "refresh";
    BOOST_TEST((tokens.check_refresh_token(sign(what)).error() == jwt::errc::missing_claim));
    what.counter = 1;
    BOOST_TEST(tokens.check_refresh_token(sign(what)).has_value());
}

BOOST_AUTO_TEST_CASE(a_token_of_an_ended_session_is_refused)
{
    auto const given = log_in();
    auto const sid = std::string(tokens.authenticate(given.access.token)->claims().session);
    domain.revoked.end(sid);
    BOOST_TEST((tokens.authenticate(given.access.token).error() == errc::token_revoked));
    BOOST_TEST((tokens.check_refresh_token(given.refresh_token).error() == errc::token_revoked));
}

BOOST_AUTO_TEST_CASE(issuer_and_audience_are_put_in_and_then_required)
{
    domain.settings.issuer = "https://login";
    domain.settings.audience = "shop";
    auto ours = domain.make_tokens();
    auto const given = log_in();
    BOOST_TEST(ours.authenticate(given.access.token).has_value());
    BOOST_TEST(ours.check_refresh_token(given.refresh_token).has_value());
    domain.settings.issuer = "https://elsewhere";
    BOOST_TEST((domain.make_tokens().authenticate(given.access.token).error() == jwt::errc::wrong_issuer));
    domain.settings.issuer = "https://login";
    domain.settings.audience = "bank";
    BOOST_TEST((domain.make_tokens().authenticate(given.access.token).error() == jwt::errc::wrong_audience));
}

BOOST_AUTO_TEST_CASE(a_token_of_another_key_is_not_ours)
{
    auto const given = log_in();
    jwt::key_ring const ring{test::one_key("other")};
    test::token_checks other{authenticator{ring, domain.settings, domain.revoked, domain.clock}};
    BOOST_TEST((other.authenticate(given.access.token).error() == jwt::errc::unknown_key));
    BOOST_TEST((other.recognise(given.access.token).error() == jwt::errc::unknown_key));
}

BOOST_AUTO_TEST_CASE(recognises_expired_and_ended_tokens)
{
    auto const given = log_in();
    auto const sid = std::string(tokens.recognise(given.refresh_token)->claims().session);
    domain.revoked.end(sid);
    domain.time.advance(100 * 24h);
    BOOST_TEST(tokens.recognise(given.access.token).value().claims().session == sid);
    BOOST_TEST(tokens.recognise(given.refresh_token).value().claims().session == sid);
    auto forged = given.access.token;
    forged[forged.size() / 2] ^= 1;
    BOOST_TEST((tokens.recognise(forged).error() == jwt::errc::bad_signature));
}

BOOST_AUTO_TEST_SUITE_END()
