#include "unit/jwt/known_attacks/attack.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::jwt::tests {
namespace {

std::string const their_secret(64, 'x');

/// What HMAC makes of a key of no bytes, which it fills up with zeros.
std::string const no_secret(64, '\0');

BOOST_AUTO_TEST_SUITE(jwt_known_attacks_key_choice)

BOOST_AUTO_TEST_CASE(cve_2018_0114_a_key_inside_the_header_is_ignored)
{
    auto const k = encoded(their_secret);
    for (auto const& member :
         {R"("jwk":{"kty":"oct","alg":"HS256","k":")" + k + "\"}",
          R"("jwk":{"kty":"oct","kid":"first-key","k":")" + k + R"("},"kid":"first-key")",
          R"("k":")" + k + '"',
          R"("keys":[{"kty":"oct","k":")" + k + "\"}]"}) {
        auto const header = R"({"alg":"HS256",)" + member + '}';
        BOOST_TEST(answer_to(token_by(their_secret, header)) == make_error_code(errc::bad_signature), header);
        BOOST_TEST(answer_to_header(header) == accepted, header);
    }
}

BOOST_AUTO_TEST_CASE(cve_2021_46743_the_id_of_one_key_does_not_go_with_the_algorithm_of_another)
{
    verifier one{
        keys_from(jwk_set(jwk("a", algorithm::hs256, secret) + ',' + jwk("b", algorithm::hs512, long_secret))
        ),
        {}};
    for (auto const& with : {std::string{long_secret}, std::string{secret} + std::string(32, '\0')}) {
        auto const token = token_by(with, R"({"alg":"HS512","kid":"a"})", algorithm::hs512);
        BOOST_TEST(refusal(one.verify(token, now)) == make_error_code(errc::wrong_algorithm));
    }
    auto const other = token_by(long_secret, R"({"alg":"HS256","kid":"b"})");
    BOOST_TEST(refusal(one.verify(other, now)) == make_error_code(errc::wrong_algorithm));
}

BOOST_AUTO_TEST_CASE(cve_2025_65945_nothing_in_the_payload_chooses_the_key)
{
    verifier one{
        keys_from(jwk_set(jwk("a", algorithm::hs256, secret) + ',' + jwk("b", algorithm::hs256, their_secret))
        ),
        {}};
    auto const payload = payload_with("kid", R"("b","alg":"HS256","iss":"b","jwk":{"kid":"b"})");
    auto const input = encoded(good_header) + '.' + encoded(payload);
    auto const token = [&](std::string_view with) { return input + '.' + encoded(mac_of(input, with)); };
    BOOST_TEST(refusal(one.verify(token(secret), now)) == accepted);
    BOOST_TEST(refusal(one.verify(token(their_secret), now)) == make_error_code(errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(cve_2026_27962_a_key_that_is_not_found_is_not_looked_for_in_the_header)
{
    auto const k = R"({"kty":"oct","kid":"mine","alg":"HS256","k":")" + encoded(their_secret) + "\"}";
    for (auto const& header :
         {R"({"alg":"HS256","kid":"mine","jwk":)" + k + '}',
          R"({"alg":"HS256","kid":null,"jwk":)" + k + '}'}) {
        BOOST_TEST(answer_to(token_by(their_secret, header)) == make_error_code(errc::unknown_key), header);
        BOOST_TEST(answer_to_header(header) == make_error_code(errc::unknown_key), header);
    }
}

BOOST_AUTO_TEST_CASE(cve_2026_48522_48523_48524_the_algorithm_is_that_of_the_jwk_and_nothing_is_fetched)
{
    auto const keys = keys_from(jwk_set(jwk("a", algorithm::hs256, long_secret)));
    auto const header = [](std::string_view alg) {
        return R"({"alg":")" + std::string{alg} +
               R"(","kid":"a","jku":"file:///etc/passwd","x5u":"http://127.0.0.1:1/","x5c":["AA"]})";
    };
    auto const answer = [&](algorithm alg, std::string_view with) {
        return refusal(verifier{keys, {}}.verify(token_by(with, header(name(alg)), alg), now));
    };
    BOOST_TEST(answer(algorithm::hs256, long_secret) == accepted);
    BOOST_TEST(answer(algorithm::hs512, long_secret) == make_error_code(errc::wrong_algorithm));
    BOOST_TEST(answer(algorithm::hs256, their_secret) == make_error_code(errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(ghsa_gmvf_9v4p_v8jc_ghsa_8wpc_h4q6_8fxv_a_missing_key_is_not_an_empty_one)
{
    for (auto const* kid : {R"("")", R"("unknown")", "null", "0", "false", "[]", "{}"}) {
        auto const header = R"({"alg":"HS256","kid":)" + std::string{kid} + '}';
        BOOST_TEST(answer_to(token_by(no_secret, header)) == make_error_code(errc::unknown_key), kid);
        BOOST_TEST(answer_to(input_of(header) + ".AA") == make_error_code(errc::unknown_key), kid);
        BOOST_TEST(answer_to(input_of(header) + '.') == make_error_code(errc::malformed), kid);
    }
    BOOST_TEST(answer_to(token_by(no_secret, good_header)) == make_error_code(errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(a_key_id_is_only_ever_compared)
{
    for (auto const& kid :
         {std::string{"../../../dev/null"},
          std::string{"/proc/sys/kernel/randomize_va_space"},
          std::string{"x' UNION SELECT 'AA' -- "},
          std::string{"$(id)"},
          std::string{"https://example.com/key"},
          std::string{"FIRST-KEY"},
          std::string{"first-key "},
          std::string{"first-key\\u0000"},
          std::string{"first-ke"},
          std::string(5000, 'k')}) {
        auto const header = R"({"alg":"HS256","kid":")" + kid + "\"}";
        BOOST_TEST(answer_to_header(header) == make_error_code(errc::unknown_key), kid);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
