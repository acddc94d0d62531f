#include "cli/tokens/token_claims.hpp"

#include "support/fake_random.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::cli {
namespace {

using namespace std::chrono_literals;

struct fixture {
    auth::settings settings{.access_ttl = 60s};
    core::random_source random = test::counting_random();

    std::string complete(std::string_view given) const
    {
        auto const payload = complete_claims(
            given, {.settings = settings, .random = random, .now = std::chrono::sys_seconds{1'000s}}
        );
        return payload ? *payload : "refused: " + payload.error().line();
    }
};

constexpr std::string_view first_id = "AQEBAQEBAQEBAQEBAQEBAQ";
constexpr std::string_view second_id = "AgICAgICAgICAgICAgICAg";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cli_tokens_token_claims, fixture)

BOOST_AUTO_TEST_CASE(what_a_verifier_demands_is_added_behind_what_is_given)
{
    BOOST_TEST(
        complete(R"({"sub":"a","x":1})") == R"({"sub":"a","x":1,"iat":1000,"jti":")" + std::string(first_id) +
                                                R"(","type":"access","nbf":1000,"exp":1060,"sid":")" +
                                                std::string(second_id) + "\"}"
    );
}

BOOST_AUTO_TEST_CASE(what_is_given_stays_as_it_is_written)
{
    std::string const given =
        R"({ "sid":"s", "exp" : 12345678901234567890123, "x":[1.0,1e2,"\u0041"], "\u0073ub":"a","iat":"now",)"
        R"("nbf":null,"jti":1.50,"type":"other"})";
    BOOST_TEST(complete(given) == given);
}

BOOST_AUTO_TEST_CASE(issuer_and_audience_are_added_where_they_are_configured)
{
    settings.issuer = "https://a\"b";
    settings.audience = "shop";
    auto const payload = complete(R"({"sub":"a"})");
    BOOST_TEST(
        payload.find(R"(,"nbf":1000,"aud":"shop","iss":"https://a\"b","exp":1060)") != std::string::npos
    );
    BOOST_TEST(
        complete(R"({"sub":"a","iss":"x","aud":[]})").find(R"({"sub":"a","iss":"x","aud":[],"iat":)") == 0U
    );
    BOOST_TEST(complete(R"({"sub":"a","iss":"x","aud":[]})").find("shop") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(claims_of_an_inner_object_are_not_those_of_the_token)
{
    BOOST_TEST(complete(R"({"sub":"a","x":{"exp":1}})").find(R"(,"exp":1060)") != std::string::npos);
    BOOST_TEST(complete(R"({"x":{"sub":"a"}})") == "refused: sub is missing, whom the token is for");
}

BOOST_AUTO_TEST_CASE(what_is_no_object_is_refused)
{
    for (auto const* given :
         {"", "a", "[]", "\"sub\"", "{\"sub\":\"a\"", "{'sub':'a'}", "{\"sub\":\"a\",}", "{} {}"})
        BOOST_TEST(complete(given) == R"(refused: not a JSON object such as {"sub":"alice"})", given);
    BOOST_TEST(complete("{}") == "refused: sub is missing, whom the token is for");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::cli
