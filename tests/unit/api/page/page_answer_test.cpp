#include "api/page/page_answer.hpp"

#include "unit/api/served_site.hpp"

#include <boost/test/unit_test.hpp>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;

bool shows(answer const& got, std::string_view markup)
{
    return got.body.find(markup) != std::string::npos;
}

struct leading_site : served_site {
    leading_site() : served_site({}, {"https://app.example"}) {}

    answer page(std::string_view query, fields given = {})
    {
        return ask("GET", "/", std::move(given), "", query);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_page_page_answer, leading_site)

BOOST_AUTO_TEST_CASE(the_page_knows_where_it_may_lead_back_to)
{
    auto const own = page("rd=https%3A%2F%2Fsite.example%2Fx%3Fa%26b");
    BOOST_TEST(shows(own, R"(name="continue" content="https://site.example/x?a&amp;b")"));
    BOOST_TEST(shows(own, R"(name="continue-fault" content="")"));
    BOOST_TEST(shows(own, "<strong>site.example</strong>"));
    BOOST_TEST(own.value("Content-Security-Policy").ends_with("form-action 'self' https://site.example"));
    auto const other = page("a=b&rd=https://app.example/");
    BOOST_TEST(shows(other, R"(name="continue" content="https://app.example/")"));
    BOOST_TEST(shows(other, R"(name="continue-fault" content="domain")"));
    BOOST_TEST(shows(page("rd=http://site.example/"), R"(name="continue-fault" content="scheme")"));
}

BOOST_AUTO_TEST_CASE(the_page_holds_nothing_of_an_address_that_is_not_allowed)
{
    for (auto const query :
         {"rd=https://evil.example/",
          "rd=//evil.example",
          "rd=https://app.example@evil.example/",
          "rd=%0aevil",
          "rd=%",
          "rd=/x&rd=https://evil.example/"}) {
        auto const got = page(query);
        BOOST_TEST(got.status() == "200", query);
        BOOST_TEST(!shows(got, "evil"), query);
        BOOST_TEST(shows(got, R"(name="continue" content="")"), query);
        BOOST_TEST(got.value("Content-Security-Policy").ends_with("form-action 'self'"), query);
    }
    BOOST_TEST(shows(page("rd=https://evil.example/"), R"(name="continue-fault" content="refused")"));
    BOOST_TEST(shows(page(""), R"(name="continue-fault" content="")"));
}

BOOST_AUTO_TEST_CASE(the_page_is_called_by_the_host_where_it_has_no_name)
{
    BOOST_TEST(shows(page(""), "<title>site.example</title>"));
    BOOST_TEST(shows(page(""), R"(<p class="lost" hidden>)"));
}

BOOST_AUTO_TEST_CASE(a_browser_without_scripts_is_shown_its_session)
{
    auto const cookies = log_in();
    auto const known = page("", {{"Cookie", cookie_field(cookies)}});
    BOOST_TEST(shows(known, "Logged in as <strong>alice</strong>"));
    BOOST_TEST(shows(known, cookies.at("__Host-csrf_access_token")));
    domain.time.advance(2h);
    auto const resumable = page("", {{"Cookie", cookie_field(cookies)}});
    BOOST_TEST(!shows(resumable, "alice"));
    BOOST_TEST(shows(resumable, cookies.at("__Host-csrf_refresh_token")));
    domain.time.advance(24h * 31);
    BOOST_TEST(shows(page("", {{"Cookie", cookie_field(cookies)}}), "<noscript></noscript>"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
