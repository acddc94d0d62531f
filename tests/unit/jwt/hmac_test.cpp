#include "jwtgate/jwt/hmac.hpp"

#include "tokens.hpp"

#include <boost/test/unit_test.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <string>
#include <utility>

namespace jwtgate::jwt::tests {
namespace {

constexpr std::array algorithms{algorithm::hs256, algorithm::hs384, algorithm::hs512};

std::string from_hex(std::string_view hex)
{
    std::string bytes;
    for (std::size_t at = 0; at < hex.size(); at += 2)
        bytes += static_cast<char>(std::stoi(std::string{hex.substr(at, 2)}, nullptr, 16));
    return bytes;
}

hmac_key key_for(algorithm alg)
{
    return hmac_key::make(alg, std::string(mac_size(alg), 'k')).value();
}

BOOST_AUTO_TEST_SUITE(jwt_hmac)

// HMAC fills a key up with zeros to the block, so a short key of a vector may be filled up here.
BOOST_AUTO_TEST_CASE(computes_the_vectors_of_rfc_4231_again_and_again)
{
    auto const vectors = vector("rfc4231.json");
    for (auto const& example : vectors.at("cases").as_array())
        for (auto alg : algorithms) {
            auto secret = from_hex(example.at("key").as_string());
            secret.resize(std::max<std::size_t>(secret.size(), 64));
            auto const data = from_hex(example.at("data").as_string());
            auto const expected = from_hex(example.at(name(alg)).as_string());

            auto key = hmac_key::make(alg, secret).value();
            for (int round = 0; round < 3; ++round) {
                auto const code = key.sign(data).value();
                BOOST_TEST(mac_bytes(code, alg).substr(0, expected.size()) == expected);
            }
        }
}

BOOST_AUTO_TEST_CASE(computes_the_signatures_of_rfc_7515_a_1_and_rfc_7520_4_4)
{
    for (auto const* file : {"rfc7515_a1.json", "rfc7520_4_4.json"}) {
        auto const example = vector(file);
        std::string_view const text{example.at("jwk").at("k").as_string()};
        std::string secret(base64url_decoded_size(text.size()), '\0');
        base64url_decode(text, secret.data()).value();
        std::string_view const token{example.at("token").as_string()};
        auto const dot = token.rfind('.');
        BOOST_TEST(encoded(mac_of(token.substr(0, dot), secret)) == token.substr(dot + 1));
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_key_shorter_than_the_hash)
{
    for (auto alg : algorithms)
        for (std::size_t size = 0; size < mac_size(alg); ++size)
            BOOST_TEST(
                refusal(hmac_key::make(alg, std::string(size, 'k'))) == make_error_code(errc::key_too_short)
            );
}

BOOST_AUTO_TEST_CASE(accepts_its_own_mac_only)
{
    for (auto alg : algorithms) {
        auto key = key_for(alg);
        std::string const good{mac_bytes(key.sign("message").value(), alg)};
        BOOST_TEST(key.verify("message", good));
        BOOST_TEST(!key.verify("massage", good));
        BOOST_TEST(!key.verify("", good));
        for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
            auto bad = good;
            bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ 1 << bit % 8);
            BOOST_TEST(!key.verify("message", bad));
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_mac_of_another_length)
{
    auto key = key_for(algorithm::hs256);
    std::string const good{mac_bytes(key.sign("message").value(), algorithm::hs256)};
    for (std::size_t size = 0; size < 100; ++size) {
        auto other = good;
        other.resize(size);
        BOOST_TEST(key.verify("message", other) == (size == good.size()));
    }
}

BOOST_AUTO_TEST_CASE(copies_and_moves_work_on_their_own)
{
    auto original = key_for(algorithm::hs256);
    auto const expected = original.sign("message").value();
    hmac_key copy{original};
    auto assigned = key_for(algorithm::hs512);
    assigned = copy;
    auto const moved = std::move(original);
    BOOST_TEST((copy.sign("message").value() == expected));
    BOOST_TEST((assigned.sign("message").value() == expected));
    BOOST_TEST((hmac_key{moved}.sign("message").value() == expected));
}

BOOST_AUTO_TEST_CASE(names_are_exact)
{
    for (auto alg : algorithms) BOOST_TEST((algorithm_from_name(name(alg)) == alg));
    for (auto text : {"", "none", "hs256", "HS256 ", "HS255", "HS2560", "RS256", "noNE"})
        BOOST_TEST(!algorithm_from_name(text).has_value(), "known: " << text);
}

/// While it lives, OpenSSL finds no digest.
struct openssl_without_digests {
    openssl_without_digests() { EVP_set_default_properties(nullptr, "provider=none"); }

    ~openssl_without_digests() { EVP_set_default_properties(nullptr, ""); }
};

BOOST_AUTO_TEST_CASE(accepts_nothing_when_openssl_fails)
{
    BOOST_REQUIRE(hmac_self_test());
    openssl_without_digests const broken;
    BOOST_TEST(refusal(hmac_key::make(algorithm::hs256, secret)) == make_error_code(errc::crypto_failure));
    auto const set = key_set::parse(make_key_set_json(algorithm::hs256, key_id, secret));
    BOOST_REQUIRE(!set.has_value());
    BOOST_TEST(set.error().code == errc::crypto_failure);
    BOOST_TEST(set.error().detail == R"(key "first-key": OpenSSL refused it)");
    BOOST_TEST(!hmac_self_test());
}

BOOST_AUTO_TEST_CASE(the_self_test_passes)
{
    BOOST_TEST(hmac_self_test());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
