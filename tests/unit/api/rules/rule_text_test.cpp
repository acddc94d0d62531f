#include "api/rules/rule_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace jwtgate::api;

namespace {

std::string refusal_of(std::string_view text)
{
    try {
        parse_rule(text);
    } catch (rule_error const& wrong) {
        return wrong.what();
    }
    return "accepted";
}

using words = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(api_rules_rule_text)

BOOST_AUTO_TEST_CASE(every_part_is_read)
{
    auto const all = parse_rule("  GET,HEAD\t App.Example/admin/%61/*   role:admin,staff ");
    BOOST_TEST(all.text == "GET,HEAD App.Example/admin/%61/* role:admin,staff");
    BOOST_TEST((all.methods == words{"GET", "HEAD"}));
    BOOST_TEST(all.host == "app.example");
    BOOST_TEST(all.path == "/admin/a");
    BOOST_TEST(all.has_below);
    BOOST_TEST((all.lets_in == audience::roles));
    BOOST_TEST((all.roles == words{"admin", "staff"}));

    auto const least = parse_rule("*/ public");
    BOOST_TEST(least.methods.empty());
    BOOST_TEST(least.host.empty());
    BOOST_TEST(least.path.empty());
    BOOST_TEST(!least.has_below);
    BOOST_TEST((least.lets_in == audience::everybody));

    BOOST_TEST((parse_rule("a/x user").lets_in == audience::users));
    BOOST_TEST((parse_rule("OPTIONS a/* preflight").lets_in == audience::preflights));
    BOOST_TEST((parse_rule("a/* preflight").lets_in == audience::preflights));
}

BOOST_AUTO_TEST_CASE(what_is_most_probably_a_mistake_is_refused_with_the_reason)
{
    struct wrong {
        std::string_view text;
        std::string_view reason;
    };

    for (auto const& [text, reason] : std::vector<wrong>{
             {"", "[METHOD,...] HOST/PATH WHO"},
             {"app.example/*", "[METHOD,...] HOST/PATH WHO"},
             {"GET app.example/* user public", "[METHOD,...] HOST/PATH WHO"},
             {"app.example/* role:admin, staff", "\"app.example/*\" is no method"},
             {"none user", "\"none\" has no path; none/* is all of it"},
             {"app.example user", "has no path; app.example/* is all of it"},
             {"* user", "has no path"},
             {"/admin/* user", "it names no host; * is any host"},
             {"*.example/* user", "* stands for any host, not for a part of one"},
             {"app.*/* user", "* stands for any host"},
             {"https://app.example/* user", "stands without http:// or https://"},
             {"app.example:8443/* user", "without port"},
             {"app.example./* user", "without a dot at its end"},
             {"user@app.example/* user", "is no host"},
             {"app..example/* user", "is no host"},
             {"\xc3\xa4.example/* user", "is no host"},
             {"app.example/admin* user", "* stands only at the end, behind a slash"},
             {"app.example/*/x user", "* stands only at the end, behind a slash"},
             {"app.example/** user", "* stands only at the end, behind a slash"},
             {"app.example/x/*/* user", "* stands only at the end, behind a slash"},
             {"app.example/*.php user", "* stands only at the end, behind a slash"},
             {"app.example/x?y user", "a query is not looked at"},
             {"app.example//x user", "two slashes in a row"},
             {"app.example//* user", "two slashes in a row"},
             {"app.example/../* user", "a segment . or .."},
             {"app.example/a%2fb user", "percent-encoded"},
             {"app.example/a#b user", "has a #"},
             {"app.example/a;b user", "has a semicolon"},
             {"app.example/a\\b user", "has a backslash"},
             {"app.example/\xea\xb4\x80 user", "outside ASCII"},
             {"app.example/100% user", "without two hexadecimal digits"},
             {"get app.example/* user", "\"get\" is no method such as GET, in capitals"},
             {"GTE app.example/* user", "\"GTE\" is no method"},
             {"GET,GET app.example/* user", "\"GET\" stands twice"},
             {"GET, app.example/* user", "\"\" is no method"},
             {"GET,* app.example/* user", "\"*\" is no method"},
             {"app.example/* users", "is none of public, user, role:NAME and preflight"},
             {"app.example/* Public", "is none of"},
             {"app.example/* admin", "is none of"},
             {"app.example/* roles:admin", "is none of"},
             {"app.example/* any", "is none of"},
             {"app.example/* role:", "\"\" is no role"},
             {"app.example/* role:Admin", "\"Admin\" is no role: 1 to 32 lower-case"},
             {"app.example/* role:admin,", "\"\" is no role"},
             {"app.example/* role:*", "\"*\" is no role"},
             {"GET app.example/* preflight", "a preflight is OPTIONS and no other method"},
             {"GET,OPTIONS app.example/* preflight", "a preflight is OPTIONS and no other method"},
         }) {
        auto const refusal = refusal_of(text);
        BOOST_TEST(refusal.find(reason) != std::string::npos, text << ": " << refusal);
    }
}

BOOST_AUTO_TEST_SUITE_END()
