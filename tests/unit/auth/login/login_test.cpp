#include "auth/login/login.hpp"

#include "auth/error.hpp"
#include "auth/service.hpp"
#include "support/fake_domain.hpp"
#include "support/stderr_capture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

struct fixture {
    test::fake_domain domain;
    std::string address = "192.0.2.7";
    std::vector<std::string> devices;  ///< what the client shows

    fixture() { domain.add_user("ann", "right"); }

    login_answer try_login(std::string name, std::string password)
    {
        auto given = test::credentials(std::move(name), std::move(password));
        given.devices = devices;
        auto service = domain.make_service();
        return run_task(service.login(std::move(given), {.address = address, .user_agent = ""}));
    }

    core::error_code why(std::string name, std::string password)
    {
        return try_login(std::move(name), std::move(password)).granted.error();
    }

    void fail(std::string const& name, int times)
    {
        for (int i = 0; i < times; ++i) BOOST_REQUIRE((why(name, "wrong") == errc::bad_credentials));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_login, fixture)

BOOST_AUTO_TEST_CASE(the_right_password_is_refused_too_while_the_limit_holds)
{
    fail("ann", 10);
    auto const refused = try_login("ann", "right");
    BOOST_TEST((refused.granted.error() == errc::too_many_failures));
    BOOST_TEST((refused.wait == 90s));
    BOOST_TEST(domain.store.sessions.empty());
    domain.time.advance(90s);
    BOOST_TEST(try_login("ann", "right").granted.has_value());
}

BOOST_AUTO_TEST_CASE(unknown_disabled_and_wrong_are_limited_alike)
{
    domain.add_user("off", "right").enabled = false;
    for (std::string const name : {"ann", "off", "nobody", "not a name", ""}) {
        address = "192.0.2." + std::to_string(name.size());
        BOOST_TEST_CONTEXT(name)
        {
            fail(name, 10);
            auto const refused = try_login(name, "right");
            BOOST_TEST((refused.granted.error() == errc::too_many_failures));
            BOOST_TEST((refused.wait == 90s));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_name_is_counted_as_it_is_folded)
{
    fail("ANN", 5);
    fail("ann", 5);
    BOOST_TEST((why("Ann", "right") == errc::too_many_failures));
}

// The store counts its calls, and the pool that has ended answers busy to whoever asks it for a hash.
BOOST_AUTO_TEST_CASE(what_is_refused_costs_neither_a_hash_nor_a_look_into_the_store)
{
    fail("ann", 10);
    auto const calls = domain.store.calls;
    domain.passwords.join();
    BOOST_TEST((why("ann", "right") == errc::too_many_failures));
    BOOST_TEST(domain.store.calls == calls);
}

BOOST_AUTO_TEST_CASE(what_the_store_or_the_pool_cannot_answer_is_no_failure)
{
    domain.store.away = true;
    for (int i = 0; i < 50; ++i) BOOST_TEST((why("ann", "right") == errc::busy));
    domain.store.away = false;
    fail("ann", 9);
    BOOST_TEST(try_login("ann", "right").granted.has_value());
}

BOOST_AUTO_TEST_CASE(a_device_that_is_known_is_not_held_up)
{
    devices = {try_login("ann", "right").device_token};
    BOOST_TEST_REQUIRE(!devices.front().empty());
    auto const known = std::exchange(devices, {});
    fail("ann", 10);
    BOOST_TEST((why("ann", "right") == errc::too_many_failures));
    devices = known;
    BOOST_TEST(try_login("ann", "right").granted.has_value());
}

BOOST_AUTO_TEST_CASE(a_device_of_another_user_is_no_help)
{
    domain.add_user("bob", "right");
    devices = {try_login("bob", "right").device_token};
    fail("ann", 10);
    BOOST_TEST((why("ann", "right") == errc::too_many_failures));
}

BOOST_AUTO_TEST_CASE(a_device_has_no_more_failures_than_anybody)
{
    devices = {try_login("ann", "right").device_token};
    fail("ann", 10);
    BOOST_TEST((why("ann", "right") == errc::too_many_failures));
    address = "192.0.2.8";
    fail("ann", 1);  // as one that is new there
    BOOST_TEST((why("ann", "right") == errc::too_many_failures));
}

BOOST_AUTO_TEST_CASE(a_device_stays_the_same_wherever_it_goes)
{
    devices = {try_login("ann", "right").device_token};
    address = "198.51.100.1";
    auto const moved = try_login("ann", "right").device_token;
    fail("ann", 9);
    devices = {moved};
    fail("ann", 1);
    BOOST_TEST((why("ann", "right") == errc::too_many_failures));
}

BOOST_AUTO_TEST_CASE(no_device_comes_of_a_login_that_fails)
{
    BOOST_TEST(try_login("ann", "wrong").device_token.empty());
    domain.store.away_for = "start_session";
    BOOST_TEST(try_login("ann", "right").device_token.empty());
}

// For what asks for the password again: the same count, no session.
BOOST_AUTO_TEST_CASE(a_password_that_is_asked_for_again_is_counted_too)
{
    login under_test{domain.shared(), domain.keys};
    auto const check = [&](std::string password) {
        auto given = test::credentials("ann", std::move(password));
        return run_task(under_test.identify(std::move(given), {.address = address, .user_agent = ""}));
    };
    auto const right = check("right");
    BOOST_TEST(right.checked.value().user.name == "ann");
    BOOST_TEST(right.user_name == "ann");
    for (int i = 0; i < 10; ++i) BOOST_TEST((check("wrong").checked.error() == errc::bad_credentials));
    BOOST_TEST((check("right").checked.error() == errc::too_many_failures));
    BOOST_TEST((check("right").wait == 90s));
    BOOST_TEST((why("ann", "right") == errc::too_many_failures));
    BOOST_TEST(domain.store.sessions.empty());
}

BOOST_AUTO_TEST_CASE(a_flood_is_one_line_in_ten_seconds)
{
    fail("ann", 10);
    test::stderr_capture const err;
    domain.log = core::log{core::log_level::info, core::log_format::text};
    for (int i = 0; i < 100; ++i) why("ann", "right");
    domain.time.advance(10s);
    why("ann", "hunter2");
    domain.log.flush();
    auto const text = err.text();
    constexpr std::string_view line = "logins_refused address=192.0.2.7 times=";
    BOOST_TEST(std::ranges::count(text, '\n') == 2);
    BOOST_TEST(text.find(std::string(line) + "1 outcome=too_many_failures\n") != std::string::npos);
    BOOST_TEST(text.find(std::string(line) + "100 outcome=too_many_failures\n") != std::string::npos);
    BOOST_TEST(text.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
