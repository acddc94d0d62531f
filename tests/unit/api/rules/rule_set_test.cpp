#include "api/rules/rule_set.hpp"

#include "api/rules/rule_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace jwtgate::api;

namespace {

rule_set rules_of(std::vector<std::string_view> const& texts)
{
    std::vector<rule> rules;
    for (auto const text : texts) rules.push_back(parse_rule(text));
    return rule_set(std::move(rules));
}

// The text of the rule that decides, "none", or why none can.
std::string decides(rule_set const& rules, std::string_view url, std::string_view method = "GET")
{
    auto const asked = read_url(method, url);
    if (!asked) return std::string(words_for(asked.error()));
    auto const found = rules.find(*asked);
    if (!found) return std::string(words_for(found.error()));
    return *found == nullptr ? "none" : (*found)->text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_rules_rule_set)

BOOST_AUTO_TEST_CASE(the_first_that_fits_decides_and_none_may)
{
    auto const rules = rules_of(
        {"app.example/public/* public",
         "app.example/admin/* role:admin",
         "GET app.example/* user",
         "*/health public"}
    );
    auto const of = [&](std::string_view path, std::string_view method = "GET") {
        return decides(rules, "https://app.example" + std::string(path), method);
    };
    BOOST_TEST(of("/public/x") == "app.example/public/* public");
    BOOST_TEST(of("/admin/", "POST") == "app.example/admin/* role:admin");
    BOOST_TEST(of("/x") == "GET app.example/* user");
    BOOST_TEST(of("/health") == "GET app.example/* user");
    BOOST_TEST(of("/health", "HEAD") == "*/health public");
    BOOST_TEST(of("/x", "POST") == "none");
    BOOST_TEST(decides(rules, "https://b.example/health") == "*/health public");
    BOOST_TEST(decides(rules, "https://b.example/") == "none");
    BOOST_TEST(!rules.find_hidden().has_value());
}

BOOST_AUTO_TEST_CASE(other_letters_of_a_rule_before_decide_nothing)
{
    auto const rules = rules_of({"a/admin/* role:admin", "a/* user"});
    auto const folded = std::string(words_for(unclear::letter_case));
    for (auto const* const path : {"/ADMIN", "/Admin/x", "/%41dmin/"})
        BOOST_TEST(decides(rules, "https://a" + std::string(path)) == folded);
    BOOST_TEST(decides(rules, "https://a/admin/X") == "a/admin/* role:admin");
    BOOST_TEST(decides(rules, "https://a/Administrator") == "a/* user");
    auto const after = rules_of({"a/x/* user", "a/X2 public"});
    BOOST_TEST(decides(after, "https://a/x/X2") == "a/x/* user");
}

BOOST_AUTO_TEST_CASE(no_rules_decide_nothing)
{
    BOOST_TEST(rule_set().empty());
    BOOST_TEST(decides(rule_set(), "https://a/") == "none");
    BOOST_TEST(!rule_set().find_hidden().has_value());
}

BOOST_AUTO_TEST_CASE(a_hidden_rule_is_found_with_the_one_before_it)
{
    auto const hidden = rules_of({"b/* user", "a/* user", "GET a/admin/* role:admin"}).find_hidden();
    BOOST_TEST_REQUIRE(hidden.has_value());
    BOOST_TEST(hidden->number == 3U);
    BOOST_TEST(hidden->behind == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
