#include "unit/jwt/known_attacks/attack.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace jwtgate::jwt::tests {
namespace {

struct parts {
    std::string header;
    std::string payload;
    std::string signature;

    std::string token() const { return header + '.' + payload + '.' + signature; }
};

parts good_parts()
{
    auto const token = signed_token(good_header, good_payload);
    auto const first = token.find('.');
    auto const last = token.rfind('.');
    return {token.substr(0, first), token.substr(first + 1, last - first - 1), token.substr(last + 1)};
}

BOOST_AUTO_TEST_SUITE(jwt_known_attacks_forms)

BOOST_AUTO_TEST_CASE(cve_2018_1000531_a_token_of_two_parts_is_refused)
{
    auto const good = good_parts();
    for (auto const* header : {R"({"alg":"HS256"})", R"({"alg":"none"})"}) {
        BOOST_TEST(answer_to(input_of(header)) == make_error_code(errc::malformed));
        BOOST_TEST(answer_to(input_of(header) + '.') == make_error_code(errc::malformed));
    }
    BOOST_TEST(answer_to(good.payload + '.' + good.signature) == make_error_code(errc::malformed));
    BOOST_TEST(answer_to(good.header + '.' + good.signature) == make_error_code(errc::malformed));
}

BOOST_AUTO_TEST_CASE(cve_2022_39227_the_json_serialisation_is_refused)
{
    auto const good = good_parts();
    auto const flat = R"({"protected":")" + good.header + R"(","payload":")" + good.payload +
                      R"(","signature":")" + good.signature + "\"}";
    auto const general = R"({"payload":")" + good.payload + R"(","signatures":[{"protected":")" +
                         good.header + R"(","signature":")" + good.signature + "\"}]}";
    BOOST_TEST(answer_to(flat) == make_error_code(errc::malformed));
    BOOST_TEST(answer_to(general) == make_error_code(errc::malformed));
    auto const forged = encoded(payload_with("sub", "\"root\""));
    auto const mixed = R"({"x.)" + forged + R"(.y":"","protected":")" + good.header + R"(","payload":")" +
                       good.payload + R"(","signature":")" + good.signature + "\"}";
    BOOST_TEST(answer_to(mixed) == make_error_code(errc::bad_base64url));
}

BOOST_AUTO_TEST_CASE(cve_2024_33664_an_encrypted_token_is_refused_before_anything_is_unpacked)
{
    auto const header = encoded(R"({"alg":"dir","enc":"A128GCM","zip":"DEF"})");
    BOOST_TEST(answer_to(header + "..AAAA.AAAA.AAAA") == make_error_code(errc::malformed));
    BOOST_TEST(
        answer_to(header + "..AAAA." + std::string(250'000, 'A') + ".AAAA") ==
        make_error_code(errc::too_large)
    );
    BOOST_TEST(answer_to_header(R"({"alg":"HS256","zip":"DEF","enc":"A128GCM"})") == accepted);
}

BOOST_AUTO_TEST_CASE(cve_2025_30204_a_megabyte_of_dots_is_refused_by_its_size)
{
    BOOST_TEST(answer_to(std::string(1'000'000, '.')) == make_error_code(errc::too_large));
    BOOST_TEST(answer_to("Bearer " + std::string(1'000'000, '.')) == make_error_code(errc::too_large));
    BOOST_TEST(answer_to(std::string(max_token_size, '.')) == make_error_code(errc::malformed));
}

BOOST_AUTO_TEST_CASE(cve_2025_59420_cve_2026_32597_cve_2026_35042_a_critical_header_is_refused)
{
    for (std::string const crit :
         {R"(["x"],"x":1)",
          R"(["b64"],"b64":false)",
          R"(["exp"],"exp":1)",
          R"(["alg"])",
          R"(["jwk","http://example.com/x"])",
          "[]",
          "[1]",
          R"("exp")",
          "{}",
          "null",
          "false"}) {
        BOOST_TEST(
            answer_to_header(R"({"alg":"HS256","crit":)" + crit + '}') ==
                make_error_code(errc::critical_header),
            crit
        );
        BOOST_TEST(
            answer_to_header(R"({"\u0063rit":)" + crit + R"(,"alg":"HS256"})") ==
                make_error_code(errc::critical_header),
            crit
        );
    }
}

BOOST_AUTO_TEST_CASE(cve_2025_61920_cve_2026_48525_a_great_part_is_refused_before_it_is_decoded)
{
    auto const good = good_parts();
    auto const great = encoded(std::string(1'000'000, 'a'));
    for (auto const& bad :
         {parts{great, good.payload, good.signature},
          parts{good.header, great, good.signature},
          parts{good.header, good.payload, great}})
        BOOST_TEST(answer_to(bad.token()) == make_error_code(errc::too_large));
}

BOOST_AUTO_TEST_CASE(cve_2026_29000_a_token_inside_a_token_is_refused)
{
    auto const inner = good_parts().token();
    BOOST_TEST(
        answer_to(signed_token(R"({"alg":"HS256","cty":"JWT"})", inner)) == make_error_code(errc::bad_json)
    );
    BOOST_TEST(
        answer_to(signed_token(R"({"alg":"HS256","cty":"JWT"})", '"' + inner + '"')) ==
        make_error_code(errc::bad_json)
    );
    BOOST_TEST(answer_to(inner + '.' + inner) == make_error_code(errc::malformed));
    for (auto const* alg : {"dir", "A256KW", "RSA-OAEP", "PBES2-HS256+A128KW", "ECDH-ES"})
        BOOST_TEST(
            answer_to_header(R"({"alg":")" + std::string{alg} + R"(","enc":"A256GCM"})") ==
            make_error_code(errc::wrong_algorithm)
        );
}

BOOST_AUTO_TEST_CASE(cve_2026_35040_cve_2026_35041_one_token_gets_one_answer_however_often)
{
    verifier one{one_key(), {.issuer = "i", .audience = "a"}};
    auto const token = [](std::string const& issuer) {
        return signed_token(good_header, payload_with("iss", '"' + issuer + R"(","aud":"a")"));
    };
    auto const good = token("i");
    auto const bad = token("ii");
    auto const long_one = token(std::string(5000, 'i') + '!');
    for (int round = 0; round < 4; ++round) {
        BOOST_TEST(refusal(one.verify(good, now)) == accepted);
        BOOST_TEST(refusal(one.verify(good, now)) == accepted);
        BOOST_TEST(refusal(one.verify(bad, now)) == make_error_code(errc::wrong_issuer));
        BOOST_TEST(refusal(one.verify(long_one, now)) == make_error_code(errc::wrong_issuer));
    }
}

BOOST_AUTO_TEST_CASE(unfiled_node_jsonwebtoken_a_payload_that_is_no_object_is_refused)
{
    for (auto const* payload :
         {R"("x")", R"("{\"sub\":\"a\"}")", "1", "-1.5", "[]", R"([{"sub":"a"}])", "null", "true", " "})
        BOOST_TEST(answer_to(signed_token(good_header, payload)) == make_error_code(errc::bad_json), payload);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
