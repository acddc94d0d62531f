#include "auth/service.hpp"

#include "unit/auth/one_user.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;

BOOST_FIXTURE_TEST_SUITE(auth_service, one_user)

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
    auto const old = tokens.authenticate(given.access.token).value();
    auto const renewed = under_test.renew(old.claims()).value();
    auto const token = tokens.authenticate(renewed.token).value();
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
    auto const last = tokens.authenticate(renewed.token).value();
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
