#include "api/rules/rule.hpp"

#include "api/rules/rule_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace jwtgate::api;

namespace {

original_request asked(std::string_view url, std::string_view method = "GET")
{
    auto const found = read_url(method, url);
    BOOST_TEST_REQUIRE(found.has_value(), url);
    return *found;
}

bool fits(std::string_view text, std::string_view url)
{
    return parse_rule(text).fit(asked(url)) == rule_fit::fits;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_rules_rule)

BOOST_AUTO_TEST_CASE(a_path_with_below_ends_between_segments)
{
    constexpr auto* rule = "app.example/admin/* user";
    for (auto const* const path :
         {"/admin", "/admin/", "/admin/x", "/admin/x/", "/%61dmin/x", "/admin/%C3%A4"})
        BOOST_TEST(fits(rule, std::string("https://app.example") + path), path);
    for (auto const* const path :
         {"/", "/adm", "/admin2", "/admin.json", "/administrator/x", "/x/admin/", "/admin%20"})
        BOOST_TEST(!fits(rule, std::string("https://app.example") + path), path);
}

BOOST_AUTO_TEST_CASE(an_exact_path_is_that_with_a_slash_at_its_end_too)
{
    for (auto const* const rule : {"app.example/x user", "app.example/x/ user"}) {
        BOOST_TEST(fits(rule, "https://app.example/x"));
        BOOST_TEST(fits(rule, "https://app.example/x/"));
        for (auto const* const path : {"/", "/x/y", "/xy", "/x.html"})
            BOOST_TEST(!fits(rule, std::string("https://app.example") + path), path);
    }
}

BOOST_AUTO_TEST_CASE(the_root_is_itself_or_everything)
{
    BOOST_TEST(fits("app.example/ user", "https://app.example/"));
    BOOST_TEST(!fits("app.example/ user", "https://app.example/x"));
    BOOST_TEST(fits("app.example/* user", "https://app.example/"));
    BOOST_TEST(fits("app.example/* user", "https://app.example/x/y"));
}

BOOST_AUTO_TEST_CASE(both_sides_are_decoded)
{
    BOOST_TEST(fits("app.example/a%20b/* user", "https://app.example/a%20b/c"));
    BOOST_TEST(fits("app.example/@x user", "https://app.example/%40x"));
    BOOST_TEST(fits("app.example/%40x user", "https://app.example/@x"));
    BOOST_TEST(fits("app.example/%EA%B4%80 user", "https://app.example/%ea%b4%80"));
}

BOOST_AUTO_TEST_CASE(hosts_fold_and_have_no_port)
{
    for (auto const* const host :
         {"app.example", "APP.example", "app.example:8443", "app.example.", "App.Example.:80"})
        BOOST_TEST(fits("App.Example/* user", "https://" + std::string(host) + "/"), host);
    for (auto const* const host :
         {"example", "x.app.example", "app.example.evil", "app-example", "xapp.example"})
        BOOST_TEST(!fits("app.example/* user", "https://" + std::string(host) + "/"), host);
    BOOST_TEST(fits("*/* user", "https://whatever.example/"));
    BOOST_TEST(fits("[::1]/* user", "http://[::1]:8080/"));
}

BOOST_AUTO_TEST_CASE(the_first_difference_is_told)
{
    auto const rule = parse_rule("GET,HEAD app.example/Docs/* user");
    BOOST_TEST((rule.fit(asked("https://x/Docs/")) == rule_fit::other_host));
    BOOST_TEST((rule.fit(asked("https://app.example/Docs/", "POST")) == rule_fit::other_method));
    BOOST_TEST((rule.fit(asked("https://app.example/x")) == rule_fit::other_path));
    BOOST_TEST((rule.fit(asked("https://app.example/docs/x")) == rule_fit::other_letter_case));
    BOOST_TEST((rule.fit(asked("https://app.example/DOCS")) == rule_fit::other_letter_case));
    BOOST_TEST((rule.fit(asked("https://app.example/docs2")) == rule_fit::other_path));
    BOOST_TEST((rule.fit(asked("https://app.example/Docs/X", "HEAD")) == rule_fit::fits));
    BOOST_TEST((rule.fit(asked("https://app.example/Docs/x")) == rule_fit::fits));
}

BOOST_AUTO_TEST_CASE(preflights_are_not_any_options)
{
    auto const rule = parse_rule("api.example/* preflight");
    auto question = asked("https://api.example/x", "OPTIONS");
    BOOST_TEST((rule.fit(question) == rule_fit::no_preflight));
    question.is_preflight = true;
    BOOST_TEST((rule.fit(question) == rule_fit::fits));
}

BOOST_AUTO_TEST_CASE(a_rule_hides_what_it_decides_whole)
{
    auto const hides = [](std::string_view first, std::string_view later) {
        return parse_rule(first).hides(parse_rule(later));
    };
    for (auto const& [first, later] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"a/* user", "a/* user"},
             {"a/* user", "a/admin/* role:admin"},
             {"a/* user", "A/x public"},
             {"*/* user", "a/x public"},
             {"*/x/* user", "a/x/y public"},
             {"a/x/* user", "a/x user"},
             {"a/x user", "a/x/ public"},
             {"a/Docs/* user", "a/docs/x/* public"},
             {"a/* user", "GET a/x public"},
             {"GET,PUT a/* user", "PUT a/x public"},
             {"a/* user", "a/x preflight"},
             {"OPTIONS a/* user", "a/x preflight"},
             {"a/* preflight", "OPTIONS a/x preflight"},
         })
        BOOST_TEST(hides(first, later), first << " / " << later);
    for (auto const& [first, later] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"a/admin/* role:admin", "a/* user"},
             {"a/x/* user", "b/x/* user"},
             {"a/* user", "*/* user"},
             {"a/x user", "a/x/* user"},
             {"a/x/* user", "a/xy public"},
             {"a/x/y/* user", "a/x public"},
             {"GET a/* user", "a/* user"},
             {"GET a/* user", "GET,PUT a/* user"},
             {"GET a/* user", "a/* preflight"},
             {"a/* preflight", "a/* user"},
             {"a/* preflight", "OPTIONS a/* user"},
         })
        BOOST_TEST(!hides(first, later), first << " / " << later);
}

BOOST_AUTO_TEST_SUITE_END()
