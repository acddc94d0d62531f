#include "unit/jwt/known_attacks/attack.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::jwt::tests {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

struct signed_by {
    verifier one;
    std::string input;
    std::string code;

    explicit signed_by(algorithm alg)
        : one{keys_from(make_key_set_json(alg, key_id, long_secret)), {}},
          input{input_of(header_of(name(alg)))},
          code{mac_of(input, long_secret, alg)}
    {}

    boost::system::error_code answer(std::string_view signature)
    {
        return refusal(one.verify(input + '.' + std::string{signature}, now));
    }
};

BOOST_AUTO_TEST_SUITE(jwt_known_attacks_signatures)

BOOST_AUTO_TEST_CASE(cve_2019_7644_a_refusal_does_not_tell_the_right_signature)
{
    signed_by token{algorithm::hs256};
    auto const refused = token.answer(encoded(std::string(32, 'x')));
    BOOST_TEST(refused.message() == "bad signature");
    BOOST_TEST(refused.what().find(encoded(token.code)) == std::string::npos);
    BOOST_TEST(refused.what() == make_error_code(errc::bad_signature).what());
}

BOOST_AUTO_TEST_CASE(cve_2020_28042_no_signature_of_another_length_counts)
{
    for (auto alg : algorithms) {
        signed_by token{alg};
        BOOST_TEST(token.answer("") == make_error_code(errc::malformed));
        for (std::size_t size = 1; size <= 100; ++size)
            for (auto byte : {'\0', '\xff'})
                BOOST_TEST(
                    token.answer(encoded(std::string(size, byte))) == make_error_code(errc::bad_signature)
                );
    }
}

BOOST_AUTO_TEST_CASE(cve_2024_51744_of_a_forged_token_only_its_signature_is_said)
{
    for (auto const& payload :
         {payload_with("exp", "1"),
          payload_with("nbf", "9007199254740992"),
          payload_with("exp", "-1"),
          payload_with("exp", "\"1\""),
          payload_without("sub"),
          std::string{"{}"},
          std::string{"[]"},
          std::string{"not JSON"}}) {
        auto const input = encoded(good_header) + '.' + encoded(payload);
        auto const forged = input + '.' + encoded(mac_of(input, long_secret));
        BOOST_TEST(answer_to(forged) == make_error_code(errc::bad_signature), payload);
    }
}

BOOST_AUTO_TEST_CASE(ghsa_hxm8_2xgr_2p9m_nothing_may_stand_behind_a_signature)
{
    for (auto alg : algorithms) {
        signed_by token{alg};
        auto const good = encoded(token.code);
        BOOST_TEST(token.answer(good) == accepted);
        for (std::string const more :
             {"!!!!", "!", "=", "==", "%3d", " ", "\n", "\r\n", "\t", "#", "\xc3\xa9"})
            BOOST_TEST(token.answer(good + more) == make_error_code(errc::bad_base64url), more);
        BOOST_TEST(token.answer(good + std::string(1, '\0')) == make_error_code(errc::bad_base64url));
        BOOST_TEST(token.answer(good + ".AAAA") == make_error_code(errc::malformed));
        BOOST_TEST(token.answer(good + "AAAA") != accepted);
    }
}

// libjwt #284, golang-jwt #502, tink-java #82, json-jwt #129
BOOST_AUTO_TEST_CASE(unfiled_a_lax_decoder_would_take_other_texts_for_the_same_token)
{
    for (auto alg : algorithms) {
        signed_by token{alg};
        auto text = encoded(token.code);
        auto const value = alphabet.find(text.back());
        auto const siblings = alg == algorithm::hs256 ? 4U : alg == algorithm::hs512 ? 16U : 1U;
        for (std::size_t unused = 1; unused < siblings; ++unused) {
            text.back() = alphabet[value + unused];
            BOOST_TEST(token.answer(text) == make_error_code(errc::bad_base64url));
        }
    }
    for (auto const* spelling : {R"({"alg":"HS256"} )", R"({"alg":"HS256"}  )"}) {
        auto header = encoded(spelling);
        BOOST_REQUIRE(header.size() % 4 != 0U);
        header.back() = alphabet[alphabet.find(header.back()) + 1];
        auto const input = header + '.' + encoded(good_payload);
        auto const refused = answer_to(input + '.' + encoded(mac_of(input, secret)));
        BOOST_TEST(refused == make_error_code(errc::bad_base64url));
    }
}

BOOST_AUTO_TEST_CASE(unfiled_l8w8jwt_neither_the_beginning_of_a_signature_nor_one_with_more_behind_it_counts)
{
    for (auto alg : algorithms) {
        signed_by token{alg};
        for (std::size_t size = 1; size <= 100; ++size) {
            auto part = token.code;
            part.resize(size);
            auto const expected = size == mac_size(alg) ? accepted : make_error_code(errc::bad_signature);
            BOOST_TEST(token.answer(encoded(part)) == expected);
            BOOST_TEST(token.answer(encoded(token.code + part)) == make_error_code(errc::bad_signature));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
