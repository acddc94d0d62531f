#include "auth/login/device_tokens.hpp"

#include "auth/error.hpp"
#include "support/fake_domain.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;

struct fixture {
    test::fake_domain domain;
    device_tokens under_test{domain.keys, domain.random};
    std::chrono::sys_seconds now = domain.time.now();

    std::string make(std::string_view user, std::string_view id, std::string_view address = "192.0.2.1")
    {
        return under_test.make({.user = user, .id = id, .address = address}, now).value();
    }

    std::string recognise(std::string const& token, std::string_view user)
    {
        std::vector<std::string> const one{token};
        return under_test.recognise(one, user, now);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_login_device_tokens, fixture)

BOOST_AUTO_TEST_CASE(a_device_is_known_for_a_year)
{
    auto const token = make("ann", "phone");
    BOOST_TEST(recognise(token, "ann") == "phone");
    now += 365 * 24h - 1s;
    BOOST_TEST(recognise(token, "ann") == "phone");
    now += 1s;
    BOOST_TEST(recognise(token, "ann") == "");
}

BOOST_AUTO_TEST_CASE(a_device_of_one_user_is_nothing_to_another)
{
    BOOST_TEST(recognise(make("ann", "phone"), "bob") == "");
    BOOST_TEST(recognise(make("ann", "phone"), "Ann") == "");
    BOOST_TEST(recognise(make("ann", "phone"), "") == "");
}

BOOST_AUTO_TEST_CASE(of_several_the_first_that_counts_is_taken)
{
    std::vector<std::string> const all{
        "", "x", make("bob", "his"), make("ann", "hers"), make("ann", "another")};
    BOOST_TEST(under_test.recognise(all, "ann", now) == "hers");
    BOOST_TEST(under_test.recognise({}, "ann", now) == "");
}

BOOST_AUTO_TEST_CASE(no_other_token_is_a_device)
{
    domain.add_user("ann", "right");
    auto service = domain.make_service();
    auto const given = test::run_task(service.login(test::credentials("ann", "right"), {})).granted.value();
    BOOST_TEST(recognise(given.access.token, "ann") == "");
    BOOST_TEST(recognise(given.refresh_token, "ann") == "");
    auto changed = make("ann", "phone");
    changed.back() = changed.back() == 'A' ? 'E' : 'A';
    BOOST_TEST(recognise(changed, "ann") == "");
}

BOOST_AUTO_TEST_CASE(a_device_is_no_other_token)
{
    auto tokens = domain.make_tokens();
    auto const token = make("ann", "phone");
    BOOST_TEST((tokens.authenticate(token).error() == errc::access_required));
    BOOST_TEST((tokens.check_refresh_token(token).error() == errc::refresh_required));
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_back_forgets_no_device)
{
    auto const token = make("ann", "phone");
    now -= 10 * 365 * 24h;
    BOOST_TEST(recognise(token, "ann") == "phone");
}

BOOST_AUTO_TEST_CASE(a_new_device_is_named_after_user_and_network)
{
    auto const id_at = [&](std::string_view user, std::string_view address) {
        return recognise(make(user, "", address), user);
    };
    auto const first = id_at("ann", "192.0.2.1");
    BOOST_TEST(first.size() == 22U);
    BOOST_TEST(id_at("ann", "192.0.2.1") == first);
    BOOST_TEST(id_at("ann", "192.0.2.2") != first);
    BOOST_TEST(id_at("bob", "192.0.2.1") != first);
    BOOST_TEST(id_at("ann", "2001:db8::1") == id_at("ann", "2001:db8::2"));
    BOOST_TEST(id_at("ann", "2001:db8::1") != id_at("ann", "2001:db8:0:1::1"));
    BOOST_TEST(id_at("ann", "").size() == 22U);
}

BOOST_AUTO_TEST_SUITE_END()
