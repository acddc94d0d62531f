#include "unit/api/served_site.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view wrong = R"({"username":"alice","password":"wrong"})";
constexpr std::string_view wrong_and_unknown = R"({"username":"nobody","password":"wrong"})";

struct fixture : plain_site {
    void fail(std::string_view path, int times)
    {
        for (int i = 0; i < times; ++i) BOOST_REQUIRE_EQUAL(ask("POST", path, {}, wrong).status(), "401");
    }

    answer log_in_with(std::string_view cookie)
    {
        return ask("POST", "/login", {{"Cookie", cookie}}, credentials_of_alice);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_handlers_login, fixture)

BOOST_AUTO_TEST_CASE(the_device_s_cookie_is_no_script_s_and_lives_for_a_year)
{
    auto const lines = ask("POST", "/login", {}, credentials_of_alice).set_cookies();
    BOOST_TEST_REQUIRE(lines.size() == 5U);
    BOOST_TEST(lines.back().starts_with("login_device=ey"));
    BOOST_TEST(lines.back().ends_with("; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"));
}

BOOST_AUTO_TEST_CASE(a_program_gets_no_device)
{
    BOOST_TEST(ask("POST", "/token", {}, credentials_of_alice).set_cookies().empty());
}

BOOST_AUTO_TEST_CASE(logging_out_leaves_the_device)
{
    auto const cookies = log_in();
    auto const out =
        ask("POST",
            "/logout",
            {{"Cookie", cookie_field(cookies)}, {"X-CSRF-TOKEN", cookies.at("csrf_access_token")}});
    BOOST_TEST(out.status() == "200");
    BOOST_TEST(out.cookies().size() == 4U);
    BOOST_TEST(!out.cookies().contains("login_device"));
}

BOOST_AUTO_TEST_CASE(too_many_failures_say_when_to_come_back)
{
    fail("/login", 10);
    for (auto const path : {"/login", "/token"}) {
        auto const got = ask("POST", path, {}, credentials_of_alice);
        BOOST_TEST(got.status() == "429");
        BOOST_TEST(got.has("Retry-After: 90\r\n"));
        BOOST_TEST(got.body == R"({"msg":"Too many failed logins","error":"too_many_failures"})");
        BOOST_TEST(got.set_cookies().empty());
    }
    domain.time.advance(90s);
    BOOST_TEST(ask("POST", "/login", {}, credentials_of_alice).status() == "200");
}

BOOST_AUTO_TEST_CASE(both_ways_in_are_counted_together)
{
    fail("/token", 5);
    fail("/login", 5);
    BOOST_TEST(error_of(ask("POST", "/token", {}, credentials_of_alice)) == "too_many_failures");
}

BOOST_AUTO_TEST_CASE(whether_there_is_such_a_user_does_not_show)
{
    fail("/login", 10);
    auto const known = ask("POST", "/login", {}, wrong);
    for (int i = 0; i < 10; ++i)
        BOOST_TEST(error_of(ask("POST", "/login", {}, wrong_and_unknown)) == "bad_credentials");
    auto const unknown = ask("POST", "/login", {}, wrong_and_unknown);
    BOOST_TEST(unknown.head == known.head);
    BOOST_TEST(unknown.body == known.body);
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_login_is_not_counted)
{
    for (int i = 0; i < 50; ++i)
        BOOST_TEST(ask("POST", "/login", {}, R"({"username":"alice"})").status() == "400");
    BOOST_TEST(ask("POST", "/login", {}, credentials_of_alice).status() == "200");
}

BOOST_AUTO_TEST_CASE(a_device_that_is_known_passes)
{
    auto const device = "login_device=" + log_in().at("login_device");
    fail("/login", 10);
    BOOST_TEST(log_in_with("").status() == "429");
    BOOST_TEST(log_in_with("login_device=x").status() == "429");
    BOOST_TEST(log_in_with(device).status() == "200");
}

BOOST_AUTO_TEST_CASE(one_of_another_domain_beside_it_does_no_harm)
{
    auto const device = "login_device=" + log_in().at("login_device");
    fail("/login", 10);
    BOOST_TEST(log_in_with("login_device=x; login_device=y; " + device).status() == "200");
}

BOOST_AUTO_TEST_CASE(a_device_opens_nothing)
{
    auto const device = log_in().at("login_device");
    auto const as_access = ask("GET", "/protected", {{"Cookie", "access_token_cookie=" + device}});
    BOOST_TEST(error_of(as_access) == "token_type");
    BOOST_TEST(error_of(ask("GET", "/protected", {{"Authorization", "Bearer " + device}})) == "token_type");
    BOOST_TEST(error_of(ask("POST", "/refresh", {{"Authorization", "Bearer " + device}})) == "token_type");
    BOOST_TEST(ask("GET", "/auth", {{"Cookie", "access_token_cookie=" + device}}).status() == "401");
    BOOST_TEST(ask("GET", "/protected", {{"Cookie", "login_device=" + device}}).status() == "401");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
