#include "api/page/form_csrf.hpp"
#include "unit/api/served_site.hpp"

#include <boost/test/unit_test.hpp>

// The forms of the page, as a browser without scripts sends them.

namespace jwtgate::api {
namespace {

struct formed_site : plain_site {
    answer const shown = ask("GET", "/");
    std::string const csrf = shown.cookies().at("login_csrf");
    std::string const cookie = "login_csrf=" + csrf;

    answer log_in_by_form(std::string_view password, std::string_view more = "")
    {
        return submit(
            "/login",
            cookie,
            "csrf=" + csrf + "&username=Alice&password=" + std::string(password) + std::string(more)
        );
    }
};

constexpr auto back = "&rd=https%3A%2F%2Fsite.example%2Fa%3Fb";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_page_forms, formed_site)

BOOST_AUTO_TEST_CASE(a_login_leads_back_where_the_page_was_asked_to)
{
    auto const got = log_in_by_form("correct+horse", back);
    BOOST_TEST(got.status() == "303");
    BOOST_TEST(got.value("Location") == "https://site.example/a?b");
    BOOST_TEST(got.body.empty());
    auto const cookies = got.cookies();
    BOOST_TEST(cookies.size() == 5U);
    BOOST_TEST(ask("GET", "/auth", {{"Cookie", cookie_field(cookies)}}).status() == "200");
}

BOOST_AUTO_TEST_CASE(a_login_leads_to_the_page_where_nothing_else_is_allowed)
{
    for (auto const more : {"", "&rd=", "&rd=https%3A%2F%2Fevil.example%2F", "&rd=%2F%2Fevil.example"}) {
        auto const got = log_in_by_form("correct+horse", more);
        BOOST_TEST(got.status() == "303");
        BOOST_TEST(got.value("Location") == "./", more);
    }
}

BOOST_AUTO_TEST_CASE(a_refused_login_shows_the_form_again_and_says_why)
{
    auto const got = log_in_by_form("wrong", back);
    BOOST_TEST(got.status() == "401");
    BOOST_TEST(got.value("Content-Type") == "text/html; charset=utf-8");
    BOOST_TEST(got.body.find("<p>Bad username or password</p>") != std::string::npos);
    BOOST_TEST(got.body.find(R"(name="rd" value="https://site.example/a?b")") != std::string::npos);
    BOOST_TEST(got.body.find(R"(name="csrf" value=")" + csrf) != std::string::npos);
    BOOST_TEST(got.body.find("wrong") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_login_needs_the_value_that_its_form_was_shown_with)
{
    constexpr std::string_view who = "&username=alice&password=correct+horse";
    auto const other = std::string(22, 'a');
    for (auto const& [cookies, sent] : std::vector<std::pair<std::string, std::string>>{
             {"", csrf},
             {cookie, ""},
             {cookie, other},
             {"login_csrf=" + other, csrf},
             {"login_csrf=", ""},
             {cookie + "; login_csrf=" + other, csrf},
             {"login_csrf=%20", "%2520"},
         }) {
        auto const got = submit("/login", cookies, "csrf=" + sent + std::string(who));
        BOOST_TEST(got.status() == "403", cookies << " with " << sent);
        BOOST_TEST(got.body.find("This form is too old") != std::string::npos);
        BOOST_TEST(!got.cookies().contains("access_token_cookie"));
    }
}

BOOST_AUTO_TEST_CASE(a_form_that_another_site_sends_is_refused_whatever_it_holds)
{
    auto const body = "csrf=" + csrf + "&username=alice&password=correct+horse";
    auto const got =
        ask("POST",
            "/login",
            {{"Cookie", cookie},
             {"Content-Type", "application/x-www-form-urlencoded"},
             {"Origin", "https://evil.example"}},
            body);
    BOOST_TEST(got.status() == "403");
    BOOST_TEST(got.cookies().empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_form_is_told_so)
{
    for (auto const body : {"a=1&a=2", "csrf=%", "%00=1"})
        BOOST_TEST(submit("/login", cookie, body).status() == "400");
    BOOST_TEST(log_in_by_form("").status() == "400");
}

BOOST_AUTO_TEST_CASE(a_browser_keeps_the_value_that_it_has)
{
    auto const again = ask("GET", "/", {{"Cookie", cookie}});
    BOOST_TEST(again.cookies().at("login_csrf") == csrf);
    auto const forged = ask("GET", "/", {{"Cookie", "login_csrf=x\"><script>"}});
    BOOST_TEST(forged.cookies().at("login_csrf").size() == csrf.size());
}

BOOST_AUTO_TEST_CASE(a_logout_needs_the_value_of_the_session_and_leads_to_the_page)
{
    auto const cookies = log_in();
    auto const refused = submit("/logout", cookie_field(cookies), "csrf=" + csrf);
    BOOST_TEST(refused.status() == "403");
    BOOST_TEST(refused.value("Content-Type") == "text/html; charset=utf-8");
    auto const got = submit("/logout", cookie_field(cookies), "csrf=" + cookies.at("csrf_access_token"));
    BOOST_TEST(got.status() == "303");
    BOOST_TEST(got.value("Location") == "./");
    BOOST_TEST(got.cookies().at("access_token_cookie").empty());
    BOOST_TEST(ask("GET", "/auth", {{"Cookie", cookie_field(cookies)}}).status() == "401");
}

BOOST_AUTO_TEST_CASE(a_refresh_needs_the_value_of_its_token_and_leads_back)
{
    auto const cookies = log_in();
    auto const sent = "csrf=" + cookies.at("csrf_refresh_token") + back;
    BOOST_TEST(submit("/refresh", cookie_field(cookies), "csrf=x").status() == "403");
    auto const got = submit("/refresh", cookie_field(cookies), sent);
    BOOST_TEST(got.status() == "303");
    BOOST_TEST(got.value("Location") == "https://site.example/a?b");
    BOOST_TEST(ask("GET", "/auth", {{"Cookie", cookie_field(got.cookies())}}).status() == "200");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
