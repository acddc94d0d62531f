#include "jwt/json/claims_json.hpp"

#include "unit/jwt/tokens.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

boost::system::error_code refusal_of(std::string json)
{
    claims out;
    return refusal(read_claims(json, out));
}

std::string list_of(std::size_t size)
{
    std::string list;
    for (std::size_t i = 0; i < size; ++i) list += (i == 0 ? "\"r" : ",\"r") + std::to_string(i) + '"';
    return '[' + list + ']';
}

BOOST_AUTO_TEST_SUITE(jwt_claims)

BOOST_AUTO_TEST_CASE(a_string_list_holds_32_values_and_copies_those_it_holds)
{
    string_list list{"a", "b"};
    BOOST_TEST(list.size() == 2U);
    string_list copy{list};
    copy.push_back("c");
    BOOST_TEST(std::ranges::equal(copy, std::array<std::string_view, 3>{"a", "b", "c"}));
    list = copy;
    BOOST_TEST(std::ranges::equal(list, copy));
    while (list.size() < string_list::capacity) BOOST_TEST(list.push_back("x"));
    BOOST_TEST(!list.push_back("y"));
    BOOST_TEST(list.size() == 32U);
    BOOST_TEST(string_list{}.empty());
}

BOOST_AUTO_TEST_CASE(reads_every_claim)
{
    std::string json =
        R"({"unknown":{"sub":["x"]},"fresh":false,"iat":1,"jti":"\u006a","type":"t","sub":"é","nbf":2,"csrf":"c",)"
        R"("aud":["x","y"],"iss":"i","exp":9007199254740992,"sid":"s","roles":["a","b"],"sxp":3,"ctr":0})";
    claims out;
    BOOST_TEST(refusal(read_claims(json, out)) == boost::system::error_code{});
    BOOST_TEST((out.fresh == false));
    BOOST_TEST(out.issued_at.value() == 1);
    BOOST_TEST(out.id == "j");
    BOOST_TEST(out.type == "t");
    BOOST_TEST(out.subject == "é");
    BOOST_TEST(out.not_before.value() == 2);
    BOOST_TEST(out.csrf == "c");
    BOOST_TEST(std::ranges::equal(out.audience, std::array<std::string_view, 2>{"x", "y"}));
    BOOST_TEST(out.issuer == "i");
    BOOST_TEST(out.expires_at.value() == 9007199254740992);
    BOOST_TEST(out.session == "s");
    BOOST_TEST(std::ranges::equal(out.roles.value(), std::array<std::string_view, 2>{"a", "b"}));
    BOOST_TEST(out.refreshable_until.value() == 3);
    BOOST_TEST(out.counter.value() == 0);
}

BOOST_AUTO_TEST_CASE(what_is_not_said_is_absent)
{
    std::string json{good_payload};
    claims out;
    BOOST_TEST(refusal(read_claims(json, out)) == boost::system::error_code{});
    BOOST_TEST(!out.fresh.has_value());
    BOOST_TEST(!out.not_before.has_value());
    BOOST_TEST(out.csrf.empty());
    BOOST_TEST(out.audience.empty());
    BOOST_TEST(out.issuer.empty());
    BOOST_TEST(!out.roles.has_value());
    BOOST_TEST(!out.refreshable_until.has_value());
    BOOST_TEST(!out.counter.has_value());
}

BOOST_AUTO_TEST_CASE(reads_back_what_it_writes)
{
    std::array<char, 1024> memory;
    claims const what{
        .fresh = true,
        .issued_at = 0,
        .id = "\"\\",
        .type = "access",
        .subject = "\n",
        .not_before = 5,
        .csrf = "c",
        .audience = {"x"},
        .issuer = "i",
        .expires_at = 6,
        .session = "s",
        .roles = string_list{},
        .refreshable_until = {},
        .counter = 7,
    };
    auto const size = write_claims(what, memory).value();
    claims out;
    BOOST_TEST(refusal(read_claims({memory.data(), size}, out)) == boost::system::error_code{});
    BOOST_TEST(out.id == what.id);
    BOOST_TEST(out.subject == what.subject);
    BOOST_TEST(*out.audience.begin() == "x");
    BOOST_TEST(out.roles.value().empty());
    BOOST_TEST(out.counter.value() == 7);
    for (std::size_t less = 0; less < size; ++less)
        BOOST_TEST(
            refusal(write_claims(what, {memory.data(), less})) == make_error_code(errc::buffer_too_small)
        );
}

BOOST_AUTO_TEST_CASE(demands_the_six_claims)
{
    BOOST_TEST(refusal_of("{}") == make_error_code(errc::missing_claim));
    for (auto const* name : {"sub", "exp", "iat", "jti", "type", "sid"})
        BOOST_TEST(refusal_of(payload_without(name)) == make_error_code(errc::missing_claim));
}

BOOST_AUTO_TEST_CASE(refuses_other_types)
{
    for (auto const* name : {"sub", "jti", "type", "sid", "csrf", "iss"})
        for (auto const* value : {"null", "1", "true", "[]", "[\"a\"]", "{}", "\"\""})
            BOOST_TEST(refusal_of(payload_with(name, value)) == make_error_code(errc::wrong_claim_type));
    for (auto const* name : {"exp", "iat", "nbf", "sxp", "ctr"})
        for (auto const* value : {"null", "\"1800000001\"", "true", "[1]", "{}", "\"\""})
            BOOST_TEST(refusal_of(payload_with(name, value)) == make_error_code(errc::wrong_claim_type));
    for (auto const* value : {"null", "1", "\"true\"", "[]", "{}"})
        BOOST_TEST(refusal_of(payload_with("fresh", value)) == make_error_code(errc::wrong_claim_type));
    for (auto const* value : {"null", "1", "\"admin\"", "{}", "[1]", "[\"\"]", "[[\"a\"]]", "[null]"})
        BOOST_TEST(refusal_of(payload_with("roles", value)) == make_error_code(errc::wrong_claim_type));
    for (auto const* value : {"null", "1", "\"\"", "{}", "[]", "[1]", "[\"\"]"})
        BOOST_TEST(refusal_of(payload_with("aud", value)) == make_error_code(errc::wrong_claim_type));
}

BOOST_AUTO_TEST_CASE(a_number_is_plain_digits_from_0_to_2_to_the_53)
{
    for (auto const* name : {"exp", "iat", "nbf", "sxp", "ctr"}) {
        for (auto const* value : {"0", "1", "9007199254740992"})
            BOOST_TEST(refusal_of(payload_with(name, value)) == boost::system::error_code{});
        for (auto const* value :
             {"-1",
              "-0",
              "0.0",
              "-0.0",
              "0e0",
              "1.5",
              "0.5",
              "2000000000.0",
              "2e9",
              "2E+9",
              "1e400",
              "1e-400",
              "9007199254740993",
              "9999999999999999",
              "10000000000000000",
              "18446744073709551617"})
            BOOST_TEST(refusal_of(payload_with(name, value)) == make_error_code(errc::number_out_of_range));
        for (auto const* value :
             {"00", "01", "-01", "+1", "1.", ".5", "1e", "1e+", "0x1", "1_0", "NaN", "Infinity"})
            BOOST_TEST(refusal_of(payload_with(name, value)) == make_error_code(errc::bad_json));
    }
}

BOOST_AUTO_TEST_CASE(refuses_more_values_than_a_list_holds)
{
    for (auto const* name : {"roles", "aud"}) {
        BOOST_TEST(
            refusal_of(payload_with("x", "0,\"" + std::string{name} + "\":" + list_of(32))) ==
            boost::system::error_code{}
        );
        BOOST_TEST(
            refusal_of(payload_with("x", "0,\"" + std::string{name} + "\":" + list_of(33))) ==
            make_error_code(errc::too_many_values)
        );
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_json_counts_before_what_a_claim_lacks)
{
    BOOST_TEST(refusal_of(R"({"sub":1,"exp":-1})") == make_error_code(errc::wrong_claim_type));
    BOOST_TEST(refusal_of(R"({"exp":-1,"sub":1})") == make_error_code(errc::number_out_of_range));
    BOOST_TEST(refusal_of(R"({"sub":1,"x":})") == make_error_code(errc::bad_json));
    BOOST_TEST(refusal_of(R"({"sub":1,"x":1,"x":1})") == make_error_code(errc::duplicate_name));
    BOOST_TEST(refusal_of(R"({"sub":[[[[[[[[[[[[[[[[)") == make_error_code(errc::too_deep));
}

BOOST_AUTO_TEST_CASE(refuses_a_claim_twice)
{
    for (auto const* name : {"sub", "exp", "x", R"(\u0073ub)"}) {
        auto json = payload_with("x", "1");
        json.pop_back();
        json += R"(,")" + std::string{name} + R"(":"a"})";
        BOOST_TEST(refusal_of(json) == make_error_code(errc::duplicate_name));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
