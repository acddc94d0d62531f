#include "unit/jwt/known_attacks/attack.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::jwt::tests {
namespace {

constexpr std::array times{"exp", "nbf", "iat"};

BOOST_AUTO_TEST_SUITE(jwt_known_attacks_times)

BOOST_AUTO_TEST_CASE(unfiled_jwt_verify_lib_no_empty_parts_and_no_expiry_that_means_never)
{
    auto const token = signed_token(good_header, good_payload);
    for (auto const& bad :
         {'.' + token,
          token + '.',
          ".." + token + "..",
          std::string{token}.insert(token.find('.'), "."),
          std::string{token}.insert(token.rfind('.'), "..")})
        BOOST_TEST(answer_to(bad) == make_error_code(errc::malformed), bad);
    BOOST_TEST(answer_to_claim("exp", "0") == make_error_code(errc::expired));
    BOOST_TEST(answer_to_claim("exp", "0.5") == make_error_code(errc::number_out_of_range));
    BOOST_TEST(answer_to_header(header_of("RS256")) == make_error_code(errc::wrong_algorithm));
}

BOOST_AUTO_TEST_CASE(unfiled_jwt_cpp_no_escaped_padding_no_overflowing_time_and_no_empty_key)
{
    verifier one{keys_from(make_key_set_json(algorithm::hs512, key_id, long_secret)), {}};
    auto const token = token_by(long_secret, header_of("HS512"), algorithm::hs512);
    BOOST_TEST(refusal(one.verify(token, now)) == accepted);
    for (auto const* padding : {"%3d%3d", "%3D%3D", "%3d", "==", "="})
        BOOST_TEST(
            refusal(one.verify(token + padding, now)) == make_error_code(errc::bad_base64url), padding
        );

    for (auto const* far : {"9007199254740992", "9223372037", "253402300800"})
        BOOST_TEST(answer_to_claim("nbf", far) == make_error_code(errc::not_yet_valid), far);
    for (auto const* beyond : {"9223372036854775807", "9223372036854775808", "18446744073709551615"})
        BOOST_TEST(answer_to_claim("nbf", beyond) == make_error_code(errc::number_out_of_range), beyond);
    BOOST_TEST(refusal(hmac_key::make(algorithm::hs256, "")) == make_error_code(errc::key_too_short));
}

BOOST_AUTO_TEST_CASE(unfiled_cpp_jwt_a_negative_time_is_not_a_great_one_and_case_matters_in_alg)
{
    for (auto const* name : times)
        for (auto const* value : {"-1", "-0", "-9223372036854775808", "-1e5", "-0.5"})
            BOOST_TEST(answer_to_claim(name, value) == make_error_code(errc::number_out_of_range), value);
    for (auto const* alg : {"hs256", "Hs256", "hS256", "HS256 ", " HS256", "HS-256"})
        BOOST_TEST(answer_to_header(header_of(alg)) == make_error_code(errc::wrong_algorithm), alg);
}

BOOST_AUTO_TEST_CASE(unfiled_jose_fast_jwt_pyjwt_no_time_is_infinite_and_no_text_is_a_time)
{
    for (auto const* name : times) {
        for (auto const* value :
             {"1e400", "1E400", "1e308", "-1e400", "1e-400", "123456789012345678901234567890"})
            BOOST_TEST(answer_to_claim(name, value) == make_error_code(errc::number_out_of_range), value);
        for (auto const* value :
             {"NaN", "Infinity", "-Infinity", "inf", "nan", "0x7fffffff", "1_000", "+1", "01", "1.", ".5"})
            BOOST_TEST(answer_to_claim(name, value) == make_error_code(errc::bad_json), value);
        BOOST_TEST(answer_to_claim(name, R"("123")") == make_error_code(errc::wrong_claim_type));
    }
    BOOST_TEST(answer_to_claim("exp", "0") == make_error_code(errc::expired));
}

BOOST_AUTO_TEST_CASE(unfiled_libjwt_an_expiry_that_is_no_whole_second_is_not_an_absent_one)
{
    for (auto const* value : {"-1", "1.5", "1800000000.5", "1800000001.0", "-1.5"})
        BOOST_TEST(answer_to_claim("exp", value) == make_error_code(errc::number_out_of_range), value);
    BOOST_TEST(
        answer_to(signed_token(good_header, payload_without("exp"))) == make_error_code(errc::missing_claim)
    );
}

BOOST_AUTO_TEST_CASE(unfiled_l8w8jwt_a_time_is_not_read_from_how_a_text_begins)
{
    for (auto const* name : times) {
        for (auto const* value : {R"("abc")", R"("1 day")", "true", "false", R"("0x10")"})
            BOOST_TEST(answer_to_claim(name, value) == make_error_code(errc::wrong_claim_type), value);
        for (auto const* value : {"1e10", "18e8", "1800000000e0", "1.8e9"})
            BOOST_TEST(answer_to_claim(name, value) == make_error_code(errc::number_out_of_range), value);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
