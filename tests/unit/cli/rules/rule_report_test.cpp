#include "cli/rules/rule_report.hpp"

#include "api/rules/rule_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace jwtgate;
using namespace jwtgate::cli;

namespace {

api::rule_set rules_of(std::vector<std::string_view> const& texts)
{
    std::vector<api::rule> rules;
    for (auto const text : texts) rules.push_back(api::parse_rule(text));
    return api::rule_set(std::move(rules));
}

struct some_rules {
    api::rule_set rules = rules_of(
        {"app.example/public/* public",
         "GET app.example/x user",
         "app.example/api/* preflight",
         "app.example/admin/* role:admin",
         "app.example/ops/* role:admin,ops"}
    );
    api::user_line alice{.name = "alice", .roles = {"admin", "dev"}};
    api::user_line bob{.name = "bob", .roles = {}};
    api::user_line eve{.name = "eve", .roles = {"admin"}, .enabled = false};

    rule_report of(
        std::string_view url, api::user_line const* user = nullptr, std::string_view method = "GET"
    ) const
    {
        return report(rules, api::read_url(method, url), user);
    }
};

std::string last_line(rule_report const& shown)
{
    auto const end = shown.text.size() - 1;
    auto const start = shown.text.rfind('\n', end - 1);
    return shown.text.substr(start == std::string::npos ? 0 : start + 1, end - (start + 1));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cli_rules_rule_report, some_rules)

BOOST_AUTO_TEST_CASE(every_rule_up_to_the_one_that_decides_is_told_with_its_reason)
{
    auto const shown = of("https://app.example/ops/x", &alice);
    BOOST_TEST(
        shown.text ==
        "Rule 1, \"app.example/public/* public\", is for another path.\n"
        "Rule 2, \"GET app.example/x user\", is for another path.\n"
        "Rule 3, \"app.example/api/* preflight\", is for CORS preflights.\n"
        "Rule 4, \"app.example/admin/* role:admin\", is for another path.\n"
        "Rule 5, \"app.example/ops/* role:admin,ops\", decides and lets users with one of the roles admin, "
        "ops in.\n"
        "The gate answers 200: alice has the roles admin, dev.\n"
    );
    BOOST_TEST(shown.is_let_in);
    auto const by_method = of("https://app.example/x", &alice, "POST").text;
    BOOST_TEST(by_method.find("\"GET app.example/x user\", is for another method.\n") != std::string::npos);
    auto const by_host = of("https://b.example/x", &alice).text;
    BOOST_TEST(by_host.find("\"GET app.example/x user\", is for another host.\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_answer_depends_on_who_asks)
{
    struct question {
        std::string_view path;
        api::user_line const* user;
        std::string answer;
    };

    for (auto const& [path, user, answer] : std::vector<question>{
             {"public/x", nullptr, "The gate answers 200: no login is needed."},
             {"x", nullptr, "The gate answers 401: nobody is logged in."},
             {"x", &bob, "The gate answers 200: bob is a user."},
             {"x", &eve, "The gate answers 401: eve is disabled and cannot be logged in."},
             {"admin", nullptr, "The gate answers 401: nobody is logged in."},
             {"admin", &alice, "The gate answers 200: alice has the roles admin, dev."},
             {"admin", &bob, "The gate answers 403: bob has no roles."},
             {"admin", &eve, "The gate answers 401: eve is disabled and cannot be logged in."},
             {"y", &alice, "The gate answers 403: no rule is for this."},
             {"PUBLIC/x",
              &alice,
              "The gate answers 403: its path is that of a rule but for upper and lower case, so no rule can "
              "be "
              "applied."},
             {"public/../x",
              &alice,
              "The gate answers 403: its path has a segment . or .., which some servers resolve, so no rule "
              "can be "
              "applied."},
         }) {
        auto const shown = of("https://app.example/" + std::string(path), user);
        BOOST_TEST(last_line(shown) == answer);
        BOOST_TEST(shown.is_let_in == (answer.find(" 200: ") != std::string::npos));
    }
}

BOOST_AUTO_TEST_CASE(without_rules_every_user_is_let_in)
{
    api::rule_set const none;
    auto const asked = api::read_url("GET", "https://app.example/a/../b");
    BOOST_TEST(report(none, asked, &bob).is_let_in);
    BOOST_TEST(!report(none, asked, nullptr).is_let_in);
    BOOST_TEST(!report(none, asked, &eve).is_let_in);
    BOOST_TEST(
        report(none, asked, &bob).text.starts_with("There are no rules: the gate lets every user in.\n")
    );
}

BOOST_AUTO_TEST_SUITE_END()
