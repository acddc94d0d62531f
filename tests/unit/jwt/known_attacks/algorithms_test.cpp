#include "unit/jwt/known_attacks/attack.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::jwt::tests {
namespace {

constexpr std::array public_key_algorithms{
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES256K",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519"};

/// What a verifier of one key says of a token of that secret whose header names some algorithm.
boost::system::error_code answer(algorithm of_key, std::string_view in_header, algorithm of_mac)
{
    auto const keys = keys_from(make_key_set_json(of_key, key_id, long_secret));
    return refusal(verifier{keys, {}}.verify(token_by(long_secret, header_of(in_header), of_mac), now));
}

BOOST_AUTO_TEST_SUITE(jwt_known_attacks_algorithms)

BOOST_AUTO_TEST_CASE(cve_2015_2951_the_algorithm_none_is_refused_with_and_without_a_signature)
{
    for (auto const* alg : {"none", "None", "NONE", "nOnE", "none ", "\\u006eone"}) {
        auto const input = input_of(header_of(alg));
        BOOST_TEST(answer_to(input + '.') == make_error_code(errc::malformed));
        BOOST_TEST(answer_to(input + ".AA") == make_error_code(errc::wrong_algorithm));
        BOOST_TEST(answer_to_header(header_of(alg)) == make_error_code(errc::wrong_algorithm));
    }
}

BOOST_AUTO_TEST_CASE(cve_2016_10555_the_header_does_not_choose_among_hmac_algorithms)
{
    for (auto of_key : algorithms)
        for (auto of_token : algorithms) {
            auto const expected = of_key == of_token ? accepted : make_error_code(errc::wrong_algorithm);
            BOOST_TEST(answer(of_key, name(of_token), of_token) == expected);
        }
}

BOOST_AUTO_TEST_CASE(cve_2016_5431_a_public_key_algorithm_does_not_go_with_an_hmac_key)
{
    for (auto of_key : algorithms)
        for (auto const* alg : public_key_algorithms)
            BOOST_TEST(answer(of_key, alg, of_key) == make_error_code(errc::wrong_algorithm), alg);
}

BOOST_AUTO_TEST_CASE(cve_2023_48238_an_algorithm_without_a_kid_does_not_find_the_key_that_has_it)
{
    auto const keys =
        keys_from(jwk_set(jwk("a", algorithm::hs256, secret) + ',' + jwk("b", algorithm::hs512, long_secret))
        );
    verifier one{keys, {}};
    auto const of_second = token_by(long_secret, header_of("HS512"), algorithm::hs512);
    BOOST_TEST(refusal(one.verify(of_second, now)) == make_error_code(errc::wrong_algorithm));
    BOOST_TEST(refusal(one.verify(token_by(secret, header_of("HS256")), now)) == accepted);
}

BOOST_AUTO_TEST_CASE(cve_2024_37568_cve_2024_54150_a_mac_of_another_algorithm_than_the_named_one_is_refused)
{
    for (auto of_key : algorithms)
        for (auto of_mac : algorithms) {
            auto const expected = of_key == of_mac ? accepted : make_error_code(errc::bad_signature);
            BOOST_TEST(answer(of_key, name(of_key), of_mac) == expected);
        }
}

BOOST_AUTO_TEST_CASE(cve_2026_23993_an_unknown_algorithm_is_not_an_empty_mac)
{
    for (auto const* alg : {"", "foo", "none", "HS255", "HS2560", "HS", "HS256\\u0000", "SHA256"}) {
        auto const input = input_of(header_of(alg));
        BOOST_TEST(answer_to(input) == make_error_code(errc::malformed));
        BOOST_TEST(answer_to(input + '.') == make_error_code(errc::malformed));
        BOOST_TEST(answer_to(input + ".AA") == make_error_code(errc::wrong_algorithm));
        BOOST_TEST(answer_to_header(header_of(alg)) == make_error_code(errc::wrong_algorithm));
    }
    for (auto const* header :
         {"{}", R"({"alg":null})", R"({"alg":[]})", R"({"alg":["HS256"]})", R"({"alg":0})"})
        BOOST_TEST(answer_to_header(header) == make_error_code(errc::wrong_algorithm), header);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
