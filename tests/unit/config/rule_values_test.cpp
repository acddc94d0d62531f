#include "config/rule_values.hpp"

#include "unit/config/refusals.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace jwtgate::config;
using namespace jwtgate::config::test;

namespace {

texts rules_in(setting const& from)
{
    texts found;
    for (auto const& rule : rules(from)) found.push_back(rule.text);
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_rule_values)

BOOST_AUTO_TEST_CASE(rules_keep_their_order_in_one_text_and_in_several)
{
    texts const expected{"GET,HEAD a/x/* public", "a/* role:admin,ops"};
    for (auto const& given :
         {texts{"GET,HEAD a/x/* public", "a/* role:admin,ops"},
          {"GET,HEAD a/x/* public;a/* role:admin,ops"},
          {"  GET,HEAD a/x/*  public ; a/* role:admin,ops\t"}})
        BOOST_TEST(rules_in({"opt", given, "command line"}) == expected, boost::test_tools::per_element());
    BOOST_TEST(rules(from("none")).empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_rule_is_named_with_the_reason)
{
    BOOST_TEST(
        refusal_of(rules, from("a/x user; a/admin* user")) ==
        "opt (command line): \"a/admin* user\" is no rule: \"/admin*\": * stands only at the end, behind a "
        "slash; "
        "/x/* is /x and all below it"
    );
    for (auto const* const text : {"", ";", "a/x user;", "a/x user;;b/x user"})
        BOOST_TEST(refusal_of(rules, from(text)) == "opt (command line): holds an empty rule", text);
    BOOST_TEST(refusal_of(rules, {"opt", {}, "file:1"}) == "opt (file:1): holds no value");
    BOOST_TEST(refusal_of(rules, from("none;a/x user")).find("\"none\" is no rule") != std::string::npos);
    BOOST_TEST(
        refusal_of(rules, {"opt", {"none", "none"}, "file:1"}).find("is no rule") != std::string::npos
    );
}

BOOST_AUTO_TEST_CASE(a_rule_that_never_decides_is_refused)
{
    BOOST_TEST(
        refusal_of(rules, from("a/* user; a/admin/* role:admin")) ==
        "opt (command line): rule 2, \"a/admin/* role:admin\", never decides: rule 1, \"a/* user\", stands "
        "before it"
    );
}

BOOST_AUTO_TEST_SUITE_END()
