#include "api/session_cookies.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;

auth::grant const granted{{"aaa", "ca", 60s}, "rrr", "cr", 3600s};

std::string written(cookie_settings settings, auto act)
{
    http::out_buffer out;
    http::response res(out, {});
    session_cookies const cookies(std::move(settings));
    res.start(200);
    out.clear();
    act(cookies, res);
    return {out.begin(), out.end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_session_cookies)

BOOST_AUTO_TEST_CASE(names_carry_the_prefix_that_fits)
{
    BOOST_TEST(session_cookies({}).access() == "__Host-access_token_cookie");
    BOOST_TEST(session_cookies({.domain = "site.example"}).refresh() == "__Secure-refresh_token_cookie");
    BOOST_TEST(session_cookies({.secure = false}).access() == "access_token_cookie");
    BOOST_TEST(
        session_cookies({.secure = false, .domain = "site.example"}).access() == "access_token_cookie"
    );
}

BOOST_AUTO_TEST_CASE(a_prefix_of_the_site_stands_between_that_and_each_cookie_s_own_name)
{
    session_cookies const host({.prefix = "wiki_"});
    BOOST_TEST(host.access() == "__Host-wiki_access_token_cookie");
    BOOST_TEST(host.refresh() == "__Host-wiki_refresh_token_cookie");
    BOOST_TEST(host.csrf_access() == "__Host-wiki_csrf_access_token");
    BOOST_TEST(host.csrf_refresh() == "__Host-wiki_csrf_refresh_token");
    BOOST_TEST(session_cookies({.secure = false, .prefix = "w-"}).access() == "w-access_token_cookie");
}

BOOST_AUTO_TEST_CASE(a_login_sets_four_and_scripts_read_the_csrf_values_only)
{
    auto const out = written({}, [](auto const& cookies, auto& res) { cookies.set(res, granted); });
    BOOST_TEST(
        out ==
        "Set-Cookie: __Host-access_token_cookie=aaa; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax\r\n"
        "Set-Cookie: __Host-csrf_access_token=ca; Path=/; Max-Age=60; Secure; SameSite=Lax\r\n"
        "Set-Cookie: __Host-refresh_token_cookie=rrr; Path=/; Max-Age=3600; Secure; HttpOnly; "
        "SameSite=Lax\r\n"
        "Set-Cookie: __Host-csrf_refresh_token=cr; Path=/; Max-Age=3600; Secure; SameSite=Lax\r\n"
    );
}

BOOST_AUTO_TEST_CASE(a_device_keeps_its_own_for_a_year_out_of_the_sight_of_scripts)
{
    auto const out = written({}, [](auto const& cookies, auto& res) { cookies.set_device(res, "ddd"); });
    BOOST_TEST(
        out ==
        "Set-Cookie: __Host-login_device=ddd; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax\r\n"
    );
    session_cookies const prefixed({.domain = "site.example", .prefix = "wiki_"});
    BOOST_TEST(prefixed.device() == "__Secure-wiki_login_device");
}

BOOST_AUTO_TEST_CASE(for_a_proxy_each_cookie_has_a_field_of_its_own_too)
{
    auto const out = written({.secure = false}, [](auto const& cookies, auto& res) {
        cookies.set_for_proxy(res, granted.access);
    });
    BOOST_TEST(
        out ==
        "Set-Cookie: access_token_cookie=aaa; Path=/; Max-Age=60; HttpOnly; SameSite=Lax\r\n"
        "Set-Cookie: csrf_access_token=ca; Path=/; Max-Age=60; SameSite=Lax\r\n"
        "X-Auth-Set-Cookie-1: access_token_cookie=aaa; Path=/; Max-Age=60; HttpOnly; SameSite=Lax\r\n"
        "X-Auth-Set-Cookie-2: csrf_access_token=ca; Path=/; Max-Age=60; SameSite=Lax\r\n"
    );
}

BOOST_AUTO_TEST_CASE(no_claim_of_a_token_can_add_an_attribute_or_a_field)
{
    auth::access_grant const odd{.token = "aaa", .csrf = "c;a,\r\nX: 1", .lives_for = 60s};
    auto const out =
        written({.secure = false}, [&](auto const& cookies, auto& res) { cookies.set_for_proxy(res, odd); });
    constexpr std::string_view escaped =
        "csrf_access_token=c%3Ba%2C%0D%0AX%3A%201; Path=/; Max-Age=60; SameSite=Lax\r\n";
    BOOST_TEST(out.find("\r\nSet-Cookie: " + std::string(escaped)) != std::string::npos);
    BOOST_TEST(out.find("\r\nX-Auth-Set-Cookie-2: " + std::string(escaped)) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(deleting_repeats_name_and_attributes)
{
    auto const out = written(
        {.secure = true, .domain = "site.example", .same_site = http::same_site::strict},
        [](auto const& cookies, auto& res) {
            cookies.clear(res, token_kind::access);
            cookies.clear(res, token_kind::refresh);
        }
    );
    std::string expected;
    for (auto const& [name, http_only] : std::vector<std::pair<std::string, std::string>>{
             {"access_token_cookie", " HttpOnly;"},
             {"csrf_access_token", ""},
             {"refresh_token_cookie", " HttpOnly;"},
             {"csrf_refresh_token", ""}}) {
        expected.append("Set-Cookie: __Secure-").append(name);
        expected.append("=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; ");
        expected.append("Domain=site.example; Secure;").append(http_only).append(" SameSite=Strict\r\n");
    }
    BOOST_TEST(out == expected);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
