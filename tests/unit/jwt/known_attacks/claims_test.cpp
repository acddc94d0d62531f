#include "unit/jwt/known_attacks/attack.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::jwt::tests {
namespace {

/// What a verifier that demands the issuer "abc" and the audience "api" says of a token with these two.
boost::system::error_code answer(std::string_view iss, std::string_view aud)
{
    auto const payload = payload_with("iss", std::string{iss} + ",\"aud\":" + std::string{aud});
    verifier one{one_key(), {.issuer = "abc", .audience = "api"}};
    return refusal(one.verify(signed_token(good_header, payload), now));
}

BOOST_AUTO_TEST_SUITE(jwt_known_attacks_claims)

BOOST_AUTO_TEST_CASE(cve_2020_26160_an_audience_of_another_type_is_not_an_empty_one)
{
    BOOST_TEST(answer(R"("abc")", R"("api")") == accepted);
    BOOST_TEST(answer(R"("abc")", R"(["x","api"])") == accepted);
    for (auto const* aud : {R"(["x"])", R"(["API"])", R"(["x","ap"])", R"("https://api/")"})
        BOOST_TEST(answer(R"("abc")", aud) == make_error_code(errc::wrong_audience), aud);
    for (auto const* aud : {"[]", R"([""])", R"("")", "null", "1", "{}", R"(["api",1])", R"([["api"]])"})
        BOOST_TEST(answer(R"("abc")", aud) == make_error_code(errc::wrong_claim_type), aud);
    for (auto const* aud : {R"(["x"])", R"("x")"})
        BOOST_TEST(answer_to_claim("aud", aud) == make_error_code(errc::wrong_audience), aud);
}

BOOST_AUTO_TEST_CASE(cve_2024_53861_an_issuer_is_compared_as_a_whole)
{
    for (auto const* iss :
         {R"("a")",
          R"("ab")",
          R"("bc")",
          R"("b")",
          R"("xabcx")",
          R"("abc ")",
          R"("ABC")",
          R"("abc\u0000")",
          R"("abc,x")"})
        BOOST_TEST(answer(iss, R"("api")") == make_error_code(errc::wrong_issuer), iss);
    BOOST_TEST(answer(R"("\u0061bc")", R"("api")") == accepted);
}

BOOST_AUTO_TEST_CASE(cve_2025_30144_a_list_of_issuers_is_refused)
{
    for (auto const* iss :
         {R"(["abc"])", R"(["x","abc"])", R"([["abc"]])", "[]", R"({"abc":1})", "null", R"("")"})
        BOOST_TEST(answer(iss, R"("api")") == make_error_code(errc::wrong_claim_type), iss);
}

BOOST_AUTO_TEST_CASE(cve_2026_25537_a_claim_of_another_type_is_not_an_absent_one)
{
    for (auto const* name : {"exp", "nbf", "iat"})
        for (auto const* value : {R"("99")", R"("9007199254740992")", "{}", "[]", "[1]", "true", "null"})
            BOOST_TEST(answer_to_claim(name, value) == make_error_code(errc::wrong_claim_type), value);
    for (auto const* name : {"sub", "iss", "jti", "sid", "type", "csrf"})
        for (auto const* value : {"1", "{}", "[]", R"(["a"])", "true", "null"})
            BOOST_TEST(answer_to_claim(name, value) == make_error_code(errc::wrong_claim_type), value);
}

BOOST_AUTO_TEST_CASE(ghsa_rp9m_7r4c_75qg_one_token_never_gets_the_claims_of_another)
{
    verifier one{one_key(), {}};
    auto const token = [](std::string const& name) {
        return signed_token(good_header, payload_with("sub", '"' + name + '"'));
    };
    auto const alice = token("alice");
    auto const carol = token("carol");
    auto const mixed = alice.substr(0, alice.rfind('.')) + carol.substr(carol.rfind('.'));
    for (int round = 0; round < 3; ++round) {
        BOOST_TEST(one.verify(alice, now).value().claims().subject == "alice");
        BOOST_TEST(one.verify(carol, now).value().claims().subject == "carol");
        BOOST_TEST(refusal(one.verify(mixed, now)) == make_error_code(errc::bad_signature));
    }
    BOOST_TEST(refusal(one.verify(alice, now + std::chrono::seconds{1})) == make_error_code(errc::expired));
}

BOOST_AUTO_TEST_CASE(unfiled_l8w8jwt_a_claim_in_the_header_does_not_stand_in_for_one_in_the_payload)
{
    auto const header = R"({"alg":"HS256","exp":9000000000,"sub":"root","iss":"abc"})";
    BOOST_TEST(answer_to(signed_token(header, payload_with("exp", "1"))) == make_error_code(errc::expired));
    for (auto const* name : {"exp", "sub"})
        BOOST_TEST(
            answer_to(signed_token(header, payload_without(name))) == make_error_code(errc::missing_claim)
        );
    auto const token = verifier{one_key(), {}}.verify(signed_token(header, good_payload), now).value();
    BOOST_TEST(token.claims().subject == "a");
    BOOST_TEST(token.claims().issuer.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
