#include "../tokens.hpp"
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>

namespace jwtgate::jwt::tests {
namespace {

constexpr std::string_view public_key =
    "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9\n-----END "
    "PUBLIC KEY-----\n";

boost::system::error_code verify(std::string_view token)
{
    return refusal(verifier{one_key(), {}}.verify(token, now));
}

boost::system::error_code with_header(std::string_view header)
{
    return verify(signed_token(header, good_payload));
}

boost::system::error_code with_claim(std::string_view name, std::string_view value)
{
    return verify(signed_token(good_header, payload_with(name, value)));
}

/// A token that its maker signed with another secret than ours.
std::string forged_token(std::string_view header, std::string_view with_secret)
{
    auto const input = encoded(header) + '.' + encoded(good_payload);
    return input + '.' + encoded(mac_of(input, with_secret));
}

errc key_refusal(std::string const& members)
{
    auto const set = key_set::parse(R"({"keys":[{"kid":"a",)" + members + "}]}");
    BOOST_REQUIRE(!set.has_value());
    return set.error().code;
}

BOOST_AUTO_TEST_SUITE(jwt_verifier_known_attacks)

// CVE-2015-2951, CVE-2018-1000531, CVE-2026-23993, GHSA-8wpc-h4q6-8fxv
BOOST_AUTO_TEST_CASE(a_token_without_a_signature_is_refused)
{
    for (auto const* alg : {"none", "None", "NONE", "nOnE", "", "foo", "HS255"}) {
        auto const header = R"({"alg":")" + std::string{alg} + "\"}";
        auto const input = encoded(header) + '.' + encoded(good_payload);
        BOOST_TEST(verify(input) == make_error_code(errc::malformed));
        BOOST_TEST(verify(input + '.') == make_error_code(errc::malformed));
        BOOST_TEST(verify(input + ".AA") == make_error_code(errc::wrong_algorithm));
        BOOST_TEST(with_header(header) == make_error_code(errc::wrong_algorithm));
    }
}

// CVE-2015-9235, CVE-2016-10555, CVE-2016-5431, CVE-2023-48238, CVE-2024-37568, CVE-2024-54150
BOOST_AUTO_TEST_CASE(the_header_does_not_choose_the_algorithm)
{
    for (auto const* alg : {"RS256", "ES256", "PS256", "EdDSA", "HS384", "HS512"})
        BOOST_TEST(
            with_header(R"({"alg":")" + std::string{alg} + "\"}") == make_error_code(errc::wrong_algorithm)
        );
    BOOST_TEST(verify(forged_token(good_header, public_key)) == make_error_code(errc::bad_signature));
}

// CVE-2021-46743
BOOST_AUTO_TEST_CASE(the_id_of_one_key_does_not_go_with_the_algorithm_of_another)
{
    std::string const a(32, 'a');
    std::string const b(64, 'b');
    auto const keys = keys_from(
        R"({"keys":[{"kty":"oct","kid":"a","alg":"HS256","k":")" + encoded(a) +
        R"("},{"kty":"oct","kid":"b","alg":"HS512","k":")" + encoded(b) + "\"}]}"
    );
    auto const input = encoded(R"({"alg":"HS512","kid":"a"})") + '.' + encoded(good_payload);
    auto const token = input + '.' + encoded(mac_of(input, b, algorithm::hs512));
    BOOST_TEST(refusal(verifier{keys, {}}.verify(token, now)) == make_error_code(errc::wrong_algorithm));
}

// CVE-2017-11424, CVE-2022-29217, CVE-2023-48223, CVE-2026-34950, CVE-2026-48526, CVE-2026-44699
BOOST_AUTO_TEST_CASE(a_public_key_is_no_secret)
{
    for (auto const& text :
         {std::string{public_key},
          ' ' + std::string{public_key},
          std::string{"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"}})
        BOOST_TEST(key_set::parse(text).error().code == errc::bad_json);
    BOOST_TEST(key_set::parse(R"({"kty":"RSA","n":"AQAB","e":"AQAB"})").error().code == errc::bad_key_set);
    BOOST_TEST(key_refusal(R"("kty":"RSA","n":"AQAB","e":"AQAB")") == errc::bad_key_set);
    BOOST_TEST(
        key_refusal(R"("kty":"oct","alg":"HS256","k":"-----BEGIN PUBLIC KEY-----")") == errc::bad_base64url
    );
}

// CVE-2019-20933, CVE-2020-28637, CVE-2025-45768, CVE-2026-22817, GHSA-gmvf-9v4p-v8jc
BOOST_AUTO_TEST_CASE(weak_keys_and_keys_without_an_algorithm_are_refused)
{
    constexpr std::array<std::pair<std::string_view, std::size_t>, 6> sizes{
        {{"HS256", 0}, {"HS256", 31}, {"HS384", 47}, {"HS512", 63}, {"HS512", 32}, {"HS384", 32}}};
    for (auto const& [alg, size] : sizes) {
        auto const members = R"("kty":"oct","alg":")" + std::string{alg} + R"(","k":")" +
                             encoded(std::string(size, 'k')) + '"';
        BOOST_TEST(key_refusal(members) == errc::key_too_short);
    }
    BOOST_TEST(
        key_refusal(R"("kty":"oct","k":")" + encoded(std::string(64, 'k')) + '"') == errc::bad_key_set
    );
}

// CVE-2018-0114, CVE-2026-27962, CVE-2025-65945
BOOST_AUTO_TEST_CASE(a_key_inside_the_token_is_ignored)
{
    std::string const theirs(32, 'x');
    auto const header =
        R"({"alg":"HS256","jwk":{"kty":"oct","k":")" + encoded(theirs) + R"("},"jku":"https://x.example/"})";
    BOOST_TEST(verify(forged_token(header, theirs)) == make_error_code(errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(a_key_id_is_only_looked_up)
{
    for (auto const& kid :
         {std::string{"../../dev/null"},
          std::string{"x' OR '1'='1"},
          std::string(5000, 'k'),
          std::string{"FIRST-KEY"}})
        BOOST_TEST(
            with_header(R"({"alg":"HS256","kid":")" + kid + "\"}") == make_error_code(errc::unknown_key)
        );
}

// CVE-2019-7644
BOOST_AUTO_TEST_CASE(a_refusal_tells_nothing_of_the_signature)
{
    auto const token = forged_token(good_header, std::string(32, 'x'));
    auto const good = signed_token(good_header, good_payload);
    BOOST_TEST(verify(token).what().find(good.substr(good.rfind('.') + 1)) == std::string::npos);
    BOOST_TEST(verify(token).message() == "bad signature");
}

// CVE-2020-28042, GHSA-hxm8-2xgr-2p9m, and the memcmp without a length of l8w8jwt
BOOST_AUTO_TEST_CASE(a_signature_of_another_length_is_refused)
{
    auto const token = signed_token(good_header, good_payload);
    auto const input = token.substr(0, token.rfind('.'));
    auto const code = mac_of(input, secret) + std::string(70, '\0');
    for (std::size_t size = 1; size <= 100; ++size) {
        auto const expected = size == 32 ? boost::system::error_code{} : make_error_code(errc::bad_signature);
        BOOST_TEST(verify(input + '.' + encoded(code.substr(0, size))) == expected);
    }
    BOOST_TEST(verify(token + "A") == make_error_code(errc::bad_signature));
    for (auto const* more : {"!!!!", "=", "%3d%3d", "\n", " "})
        BOOST_TEST(verify(token + more) == make_error_code(errc::bad_base64url));
}

// golang-jwt #502, tink-java #82: spellings that a lax decoder takes for the same signature
BOOST_AUTO_TEST_CASE(a_token_has_one_spelling)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    auto token = signed_token(good_header, good_payload);
    auto const value = alphabet.find(token.back());
    for (std::size_t unused = 1; unused < 4; ++unused) {
        token.back() = alphabet[value + unused];
        BOOST_TEST(verify(token) == make_error_code(errc::bad_base64url));
    }
}

// CVE-2022-39227, CVE-2026-29000
BOOST_AUTO_TEST_CASE(other_serialisations_are_refused)
{
    auto const token = signed_token(good_header, good_payload);
    auto const first = token.find('.');
    auto const last = token.rfind('.');
    auto const json = R"({"protected":")" + token.substr(0, first) + R"(","payload":")" +
                      token.substr(first + 1, last - first - 1) + R"(","signature":")" +
                      token.substr(last + 1) + "\"}";
    BOOST_TEST(verify(json) == make_error_code(errc::malformed));
    BOOST_TEST(verify(token + '.' + token) == make_error_code(errc::malformed));
    BOOST_TEST(verify("e30.a.b.c.d") == make_error_code(errc::malformed));
}

// CVE-2024-51744
BOOST_AUTO_TEST_CASE(nothing_is_said_of_the_claims_of_a_forged_token)
{
    auto const input = encoded(good_header) + '.' + encoded(payload_with("exp", "1"));
    BOOST_TEST(
        verify(input + '.' + encoded(mac_of(input, std::string(32, 'x')))) ==
        make_error_code(errc::bad_signature)
    );
}

// CVE-2025-30204, CVE-2025-61920, CVE-2026-48525
BOOST_AUTO_TEST_CASE(a_great_text_is_refused_by_its_size)
{
    BOOST_TEST(verify(std::string(1'000'000, '.')) == make_error_code(errc::too_large));
    BOOST_TEST(verify(std::string(1'000'000, 'a')) == make_error_code(errc::too_large));
}

// CVE-2025-59420, CVE-2026-32597, CVE-2026-35042, RFC 7797
BOOST_AUTO_TEST_CASE(a_critical_header_is_refused)
{
    for (auto const* crit : {R"(["x"],"x":1)", R"(["b64"],"b64":false)", "[]", R"("exp")", "null"})
        BOOST_TEST(
            with_header(R"({"alg":"HS256","crit":)" + std::string{crit} + '}') ==
            make_error_code(errc::critical_header)
        );
}

// CVE-2020-26160, CVE-2024-53861, CVE-2025-30144
BOOST_AUTO_TEST_CASE(issuer_and_audience_are_compared_as_wholes)
{
    verifier one{one_key(), {.issuer = "abc", .audience = "api"}};
    auto const verify = [&](std::string_view iss, std::string_view aud) {
        auto const both = std::string{iss} + ",\"aud\":" + std::string{aud};
        return refusal(one.verify(signed_token(good_header, payload_with("x", "0,\"iss\":" + both)), now));
    };
    BOOST_TEST(verify(R"("abc")", R"("api")") == boost::system::error_code{});
    BOOST_TEST(verify(R"("xabcx")", R"("api")") == make_error_code(errc::wrong_issuer));
    BOOST_TEST(verify(R"("ab")", R"("api")") == make_error_code(errc::wrong_issuer));
    BOOST_TEST(verify(R"(["abc"])", R"("api")") == make_error_code(errc::wrong_claim_type));
    BOOST_TEST(verify(R"("abc")", R"([""])") == make_error_code(errc::wrong_claim_type));
    BOOST_TEST(verify(R"("abc")", R"("https://api/")") == make_error_code(errc::wrong_audience));
}

// CVE-2026-25537, and l8w8jwt, jwt-cpp, cpp-jwt, libjwt, jose and fast-jwt by reading
BOOST_AUTO_TEST_CASE(a_time_that_is_not_one_never_means_for_ever)
{
    for (auto const* name : {"exp", "nbf", "iat"}) {
        for (auto const* value : {R"("99")", R"("abc")", "true", "{}", "[]", "null"})
            BOOST_TEST(with_claim(name, value) == make_error_code(errc::wrong_claim_type));
        for (auto const* value :
             {"-1", "0.5", "1.5", "1e10", "1e400", "18446744073709551615", "9223372036854775808"})
            BOOST_TEST(with_claim(name, value) == make_error_code(errc::number_out_of_range));
        for (auto const* value : {"NaN", "Infinity", "-Infinity"})
            BOOST_TEST(with_claim(name, value) == make_error_code(errc::bad_json));
    }
    BOOST_TEST(with_claim("exp", "0") == make_error_code(errc::expired));
    BOOST_TEST(with_claim("nbf", "9007199254740992") == make_error_code(errc::not_yet_valid));
}

// l8w8jwt by reading
BOOST_AUTO_TEST_CASE(a_claim_in_the_header_does_not_stand_in_for_one_in_the_payload)
{
    auto const token =
        signed_token(R"({"alg":"HS256","exp":9000000000,"sub":"root"})", payload_with("exp", "1"));
    BOOST_TEST(verify(token) == make_error_code(errc::expired));
}

// jwt_verify_lib and node-jsonwebtoken by reading
BOOST_AUTO_TEST_CASE(dots_and_payloads_of_other_shapes_are_refused)
{
    auto const token = signed_token(good_header, good_payload);
    for (auto const& bad :
         {'.' + token, token + '.', ".." + token, std::string{token}.insert(token.find('.'), ".")})
        BOOST_TEST(verify(bad) == make_error_code(errc::malformed));
    for (auto const* payload : {R"("x")", "1", "[]", "null", "true"})
        BOOST_TEST(verify(signed_token(good_header, payload)) == make_error_code(errc::bad_json));
}

BOOST_AUTO_TEST_CASE(the_examples_of_the_rfcs_fail_only_for_what_their_payloads_are)
{
    auto const a1 = vector("rfc7515_a1.json");
    auto jwk = a1.at("jwk").as_object();
    jwk["kid"] = "a1";
    jwk["alg"] = "HS256";
    verifier first{keys_from(R"({"keys":[)" + boost::json::serialize(jwk) + "]}"), {}};
    BOOST_TEST(
        refusal(first.verify(std::string_view{a1.at("token").as_string()}, now)) ==
        make_error_code(errc::missing_claim)
    );

    auto const frodo = vector("rfc7520_4_4.json");
    verifier second{keys_from(R"({"keys":[)" + boost::json::serialize(frodo.at("jwk")) + "]}"), {}};
    BOOST_TEST(
        refusal(second.verify(std::string_view{frodo.at("token").as_string()}, now)) ==
        make_error_code(errc::bad_json)
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
