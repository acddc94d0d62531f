#include "unit/api/served_site.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {

using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(api_handlers_logout, plain_site)

BOOST_AUTO_TEST_CASE(logout_ends_both_tokens_and_deletes_the_cookies)
{
    auto const cookies = log_in();
    auto const cookie = cookie_field(cookies);
    BOOST_TEST(error_of(ask("POST", "/logout", {{"Cookie", cookie}})) == "csrf");
    auto const got =
        ask("POST", "/logout", {{"Cookie", cookie}, {"X-CSRF-TOKEN", cookies.at("csrf_access_token")}});
    BOOST_TEST(got.body == R"({"msg":"Logout Successful"})");
    for (auto const& [name, value] : got.cookies()) BOOST_TEST(value.empty(), name);
    BOOST_TEST(got.cookies().size() == 4U);
    BOOST_TEST(error_of(ask("GET", "/protected", {{"Cookie", cookie}})) == "token_revoked");
    BOOST_TEST(ask("GET", "/auth", {{"Cookie", cookie}}).status() == "401");
    auto const refresh =
        ask("POST", "/refresh", {{"Cookie", cookie}, {"X-CSRF-TOKEN", cookies.at("csrf_refresh_token")}});
    BOOST_TEST(error_of(refresh) == "token_revoked");
}

BOOST_AUTO_TEST_CASE(logout_works_with_one_cookie_with_either_csrf_value_expired_or_without_any)
{
    auto cookies = log_in();
    auto const access = "access_token_cookie=" + cookies.at("access_token_cookie");
    auto const refresh = "refresh_token_cookie=" + cookies.at("refresh_token_cookie");
    auto const csrf = cookies.at("csrf_refresh_token");
    BOOST_TEST(ask("POST", "/logout", {{"Cookie", refresh}, {"X-CSRF-TOKEN", csrf}}).status() == "200");
    BOOST_TEST(error_of(ask("GET", "/me", {{"Cookie", access}})) == "token_revoked");

    cookies = log_in();
    auto const both = cookie_field(cookies);
    BOOST_TEST(
        ask("POST", "/logout", {{"Cookie", both}, {"X-CSRF-TOKEN", cookies.at("csrf_refresh_token")}}
        ).status() == "200"
    );

    cookies = log_in();
    auto const old = "access_token_cookie=" + cookies.at("access_token_cookie");
    domain.time.advance(2h);
    BOOST_TEST(ask("POST", "/logout", {{"Cookie", old}}).status() == "200");
    auto const live = "refresh_token_cookie=" + cookies.at("refresh_token_cookie");
    auto const dead =
        ask("POST", "/refresh", {{"Cookie", live}, {"X-CSRF-TOKEN", cookies.at("csrf_refresh_token")}});
    BOOST_TEST(error_of(dead) == "token_revoked");

    BOOST_TEST(ask("POST", "/logout").status() == "200");
    BOOST_TEST(ask("GET", "/logout").cookies().size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_logout_that_cannot_be_written_down_is_503_and_deletes_the_cookies_all_the_same)
{
    auto const cookies = log_in();
    auto const cookie = cookie_field(cookies);
    domain.store.away = true;
    auto const got =
        ask("POST", "/logout", {{"Cookie", cookie}, {"X-CSRF-TOKEN", cookies.at("csrf_access_token")}});
    BOOST_TEST(got.status() == "503");
    BOOST_TEST(got.has("Retry-After: 1\r\n"));
    BOOST_TEST(got.cookies().size() == 4U);
    BOOST_TEST(error_of(ask("GET", "/protected", {{"Cookie", cookie}})) == "token_revoked");
}

BOOST_AUTO_TEST_CASE(only_a_user_logs_out_by_a_link)
{
    auto const cookie = cookie_field(log_in());
    http::field const logged_in{"Cookie", cookie};
    for (http::field const why : std::vector<http::field>{
             {"Sec-Fetch-Site", "cross-site"},
             {"Sec-Fetch-Site", "same-site"},
             {"Sec-Fetch-Dest", "image"},
             {"Sec-Purpose", "prefetch;prerender"},
             {"Referer", "https://evil.example/"}}) {
        auto const got = ask("GET", "/logout", {logged_in, why});
        BOOST_TEST(error_of(got) == "cross_site", why.value);
        BOOST_TEST(got.cookies().empty(), why.value);
    }
    auto const head = ask("HEAD", "/logout", {logged_in});
    BOOST_TEST(head.status() == "405");
    BOOST_TEST(head.has("Allow: POST, GET\r\n"));
    BOOST_TEST(ask("GET", "/protected", {logged_in}).status() == "200");
    BOOST_TEST(ask("GET", "/logout", {logged_in, {"Referer", "https://site.example/app"}}).status() == "200");
    BOOST_TEST(error_of(ask("GET", "/protected", {logged_in})) == "token_revoked");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
