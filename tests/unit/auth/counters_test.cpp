#include "auth/counters.hpp"

#include "unit/auth/one_user.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::auth {

using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(auth_counters, one_user)

BOOST_AUTO_TEST_CASE(logins_are_counted_by_their_outcome)
{
    domain.settings.login.failures = 2;
    auto const try_as = [&](std::string password) {
        return test::run_task(under_test.login(test::credentials("ann", std::move(password)), {}));
    };
    try_as("right");
    domain.store.away = true;
    try_as("right");
    domain.store.away = false;
    for (int i = 0; i < 3; ++i) try_as("wrong");

    auto const& logins = domain.counted.logins;
    BOOST_TEST(logins.of(outcome::ok).value() == 1U);
    BOOST_TEST(logins.of(outcome::busy).value() == 1U);
    BOOST_TEST(logins.of(outcome::bad_credentials).value() == 2U);
    BOOST_TEST(logins.of(outcome::too_many_failures).value() == 1U);
}

BOOST_AUTO_TEST_CASE(refreshes_are_counted_by_their_outcome)
{
    auto const first = log_in();
    BOOST_TEST(refresh(first.refresh_token).has_value());
    BOOST_TEST(refresh(first.refresh_token).has_value());
    domain.time.advance(31s);
    BOOST_TEST(refresh(first.refresh_token).has_error());

    auto const& refreshes = domain.counted.refreshes;
    BOOST_TEST(refreshes.of(outcome::ok).value() == 2U);
    BOOST_TEST(refreshes.of(outcome::reused).value() == 1U);
    BOOST_TEST(domain.counted.logins.of(outcome::ok).value() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::auth
