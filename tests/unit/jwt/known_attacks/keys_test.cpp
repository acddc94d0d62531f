#include "unit/jwt/known_attacks/attack.hpp"
#include <jwtgate/jwt/key_set.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <type_traits>

namespace jwtgate::jwt::tests {
namespace {

constexpr std::string_view public_key =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/"
    "o5+uQbTjL3chynL4wXgUg2R9q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6"
    "B+dFabmdT9POxg==\n"
    "-----END PUBLIC KEY-----\n";

constexpr std::string_view rsa_jwk =
    R"({"kty":"RSA","kid":"a","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc","e":"AQAB")";

/// Neither a key file of this text is read, nor one in which an HMAC key has it as `k`.
void check_no_secret(std::string const& text)
{
    BOOST_TEST(answer_to_key_file(text) == make_error_code(errc::bad_json), text);
    BOOST_TEST(answer_to_k(text) == make_error_code(errc::bad_base64url), text);
}

std::string pem(std::string const& label)
{
    return "-----BEGIN " + label + "-----\nMIIBCgKCAQEA\n-----END " + label + "-----";
}

BOOST_AUTO_TEST_SUITE(jwt_known_attacks_keys)

BOOST_AUTO_TEST_CASE(cve_2015_9235_a_public_key_is_no_secret)
{
    for (auto const& text :
         {std::string{public_key}, std::string{public_key.substr(0, public_key.size() - 1)}}) {
        check_no_secret(text);
        BOOST_TEST(answer_to(token_by(text, good_header)) == make_error_code(errc::bad_signature));
    }
}

BOOST_AUTO_TEST_CASE(cve_2017_11424_no_form_of_pem_is_a_secret)
{
    for (auto const* label :
         {"PUBLIC KEY",
          "RSA PUBLIC KEY",
          "CERTIFICATE",
          "X509 CERTIFICATE",
          "TRUSTED CERTIFICATE",
          "PRIVATE KEY",
          "ENCRYPTED PRIVATE KEY",
          "RSA PRIVATE KEY",
          "EC PRIVATE KEY",
          "DSA PRIVATE KEY",
          "OPENSSH PRIVATE KEY",
          "EC PARAMETERS",
          "PGP PUBLIC KEY BLOCK"})
        check_no_secret(pem(label));
    check_no_secret("---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2E=\n---- END SSH2 PUBLIC KEY ----");
}

BOOST_AUTO_TEST_CASE(cve_2019_20933_cve_2020_28637_an_empty_secret_is_refused)
{
    for (auto const* text : {"", " ", "\n", "null"})
        BOOST_TEST(answer_to_key_file(text) == make_error_code(errc::bad_json));
    BOOST_TEST(answer_to_key_file(jwk_set("")) == make_error_code(errc::bad_key_set));
    for (auto alg : algorithms) {
        BOOST_TEST(refusal(hmac_key::make(alg, {})) == make_error_code(errc::key_too_short));
        BOOST_TEST(answer_to_key_file(jwk_set(jwk("a", alg, ""))) == make_error_code(errc::key_too_short));
    }
}

BOOST_AUTO_TEST_CASE(cve_2021_41106_the_bytes_of_the_key_are_used_as_they_are)
{
    auto const example = vector("rfc7515_a1.json");
    auto entry = example.at("jwk").as_object();
    entry["kid"] = "a1";
    entry["alg"] = "HS256";
    verifier one{keys_from(jwk_set(boost::json::serialize(entry))), {}};
    std::string token{example.at("token").as_string()};
    BOOST_TEST(refusal(one.verify(token, now)) == make_error_code(errc::missing_claim));
    token.back() = token.back() == 'A' ? 'E' : 'A';
    BOOST_TEST(refusal(one.verify(token, now)) == make_error_code(errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(cve_2022_23529_23539_23540_23541_nothing_verifies_without_keys_and_a_policy)
{
    static_assert(!std::is_default_constructible_v<verifier>);
    static_assert(!std::is_constructible_v<verifier, policy>);
    static_assert(!std::is_constructible_v<verifier, key_ring&>);
    static_assert(!std::is_constructible_v<verifier, std::string, policy>);
    static_assert(!std::is_default_constructible_v<key_set>);
    static_assert(!std::is_default_constructible_v<key_ring>);
    static_assert(!std::is_default_constructible_v<hmac_key>);
    for (auto const* name : {"sub", "exp", "iat", "jti", "type", "sid"})
        BOOST_TEST(
            answer_to(signed_token(good_header, payload_without(name))) ==
            make_error_code(errc::missing_claim)
        );
    BOOST_TEST(answer_to_claim("aud", "\"a\"") == make_error_code(errc::wrong_audience));
}

BOOST_AUTO_TEST_CASE(cve_2022_29217_an_ssh_key_is_no_secret)
{
    for (std::string const type :
         {"ssh-rsa",
          "ssh-ed25519",
          "ssh-dss",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp521",
          "sk-ssh-ed25519@openssh.com",
          "ssh-ed25519-cert-v01@openssh.com"})
        check_no_secret(
            type + " AAAAC3NzaC1lZDI1NTE5AAAAIO5y0kR2vXyXJ2kF8rA0yqQ0m3b7cQ0xq0b9k1aZ0b3k someone@somewhere"
        );
}

BOOST_AUTO_TEST_CASE(cve_2023_48223_cve_2026_34950_what_stands_before_a_public_key_makes_it_no_secret)
{
    for (std::string const before :
         {" ", "\n", "\t", "\r\n", "\xef\xbb\xbf", "x", "Bag Attributes\n", "# key\n", "\\n", "\""})
        check_no_secret(before + std::string{public_key});
}

BOOST_AUTO_TEST_CASE(cve_2026_48526_ghsa_g3jj_5cmm_3hxx_a_public_jwk_is_no_secret)
{
    auto const text = std::string{rsa_jwk} + R"(,"alg":"RS256"})";
    BOOST_TEST(answer_to_key_file(text) == make_error_code(errc::bad_key_set));
    BOOST_TEST(answer_to_key_file(jwk_set(text)) == make_error_code(errc::bad_key_set));
    BOOST_TEST(answer_to_k(text) == make_error_code(errc::bad_base64url));
    BOOST_TEST(answer_to(token_by(text, good_header)) == make_error_code(errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(cve_2024_33663_an_ecdsa_key_is_no_secret)
{
    check_no_secret("ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBKo= a@b");
    for (auto const* curve : {"P-256", "P-384", "P-521", "secp256k1"})
        for (auto const* alg : {"HS256", "ES256"})
            BOOST_TEST(
                answer_to_key(
                    R"("kty":"EC","crv":")" + std::string{curve} + R"(","x":"AA","y":"AA","alg":")" + alg +
                    '"'
                ) == make_error_code(errc::bad_key_set)
            );
}

BOOST_AUTO_TEST_CASE(cve_2025_45768_a_key_shorter_than_its_hash_is_refused)
{
    for (auto alg : algorithms) {
        std::string const enough(mac_size(alg), 'k');
        BOOST_TEST(answer_to_key_file(jwk_set(jwk("a", alg, enough))) == accepted);
        BOOST_TEST(
            answer_to_key_file(jwk_set(jwk("a", alg, enough.substr(1)))) ==
            make_error_code(errc::key_too_short)
        );
    }
}

BOOST_AUTO_TEST_CASE(cve_2026_22817_a_key_without_an_algorithm_is_refused)
{
    auto const k = R"("kty":"oct","k":")" + encoded(long_secret) + '"';
    BOOST_TEST(answer_to_key(k) == make_error_code(errc::bad_key_set));
    for (auto const* alg : {"null", "\"\"", "\"none\"", "\"hs256\"", "\"RS256\"", R"(["HS256"])"})
        BOOST_TEST(answer_to_key(k + ",\"alg\":" + alg) == make_error_code(errc::bad_key_set), alg);
}

BOOST_AUTO_TEST_CASE(cve_2026_44699_an_rsa_key_without_an_algorithm_is_not_an_empty_secret)
{
    for (auto const* more : {"}", R"(,"alg":"HS256"})", R"(,"alg":"HS256","k":""})", R"(,"use":"sig"})"})
        BOOST_TEST(
            answer_to_key_file(jwk_set(std::string{rsa_jwk} + more)) == make_error_code(errc::bad_key_set),
            more
        );
    BOOST_TEST(
        answer_to_key(R"("alg":"HS256","k":")" + encoded(secret) + '"') == make_error_code(errc::bad_key_set)
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
