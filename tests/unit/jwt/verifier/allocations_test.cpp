#include "support/allocation_count.hpp"
#include "unit/jwt/tokens.hpp"
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <openssl/crypto.h>

#include <array>
#include <string>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

using test::allocations;

template <class Action>
allocations allocations_of(Action action)
{
    auto const before = test::allocations_here();
    action();
    return test::allocations_here() - before;
}

constexpr std::array algorithms{algorithm::hs256, algorithm::hs384, algorithm::hs512};

key_ring ring_of(algorithm alg)
{
    return keys_from(make_key_set_json(alg, key_id, std::string(64, 's')));
}

/// What OpenSSL allocates for one MAC, which is no fault of ours.
std::size_t allocations_of_a_mac(algorithm alg)
{
    auto key = hmac_key::make(alg, std::string(64, 's')).value();
    static_cast<void>(key.sign("text"));
    return allocations_of([&] { BOOST_REQUIRE(key.sign("text").has_value()); }).of_openssl;
}

/// None of ours, and of OpenSSL's not more than so many. Both stand in the log.
template <class Action>
void check(std::string_view what, std::size_t most_of_openssl, Action action)
{
    auto const counted = allocations_of(action);
    BOOST_TEST_MESSAGE(what << ": " << counted.ours << " of ours, " << counted.of_openssl << " of OpenSSL");
    BOOST_TEST(counted.ours == 0U, what);
    BOOST_TEST(counted.of_openssl <= most_of_openssl, what);
}

claims access_claims()
{
    return {
        .fresh = true,
        .issued_at = 1'800'000'000,
        .id = "q4xMkT0b5mVfJw2uYc8rNg",
        .type = "access",
        .subject = "a name that no small string would hold",
        .expires_at = 1'800'003'600,
        .session = "Jd8fKq2mTz5yRw0xGb6cHs",
        .roles = string_list{"admin", "a role that no small string would hold"},
    };
}

BOOST_AUTO_TEST_SUITE(jwt_verifier_allocations)

BOOST_AUTO_TEST_CASE(the_counters_count)
{
    BOOST_TEST(test::counts_openssl());
    BOOST_TEST(allocations_of([] { return std::string(100, 'x'); }).ours > 0U);
    auto const one = allocations_of([] { OPENSSL_free(OPENSSL_malloc(1)); });
    BOOST_TEST(one.of_openssl == 1U);
    BOOST_TEST(one.ours == 0U);
}

BOOST_AUTO_TEST_CASE(signing_into_memory_allocates_nothing)
{
    auto const what = access_claims();
    std::array<char, 1024> memory;
    for (auto alg : algorithms) {
        signer one{ring_of(alg)};
        auto const sign = [&] { BOOST_REQUIRE(one.sign(what, memory).has_value()); };
        auto const mac = [&] { BOOST_REQUIRE(one.mac_of("text").has_value()); };
        auto const most = allocations_of_a_mac(alg);
        sign();
        check(std::string{"sign "} + std::string{name(alg)}, most, sign);
        check(std::string{"mac_of "} + std::string{name(alg)}, most, mac);
        check("sign_with", most, [&] { BOOST_REQUIRE(one.sign_with(key_id, what, memory).has_value()); });
        check("mac_with", most, [&] { BOOST_REQUIRE(one.mac_with(key_id, "text").has_value()); });
        check("sign_with, no key", 0, [&] { BOOST_TEST(!one.sign_with("x", what, memory).has_value()); });
        check("sign, no room", most, [&] { BOOST_TEST(!one.sign(what, {memory.data(), 9}).has_value()); });
    }
}

BOOST_AUTO_TEST_CASE(verifying_allocates_nothing)
{
    for (auto alg : algorithms) {
        auto const ring = ring_of(alg);
        auto const token = signer{ring}.sign(access_claims()).value();
        verifier one{ring, {}};
        auto const verify = [&] { BOOST_REQUIRE(one.verify(token, now).has_value()); };
        auto const most = allocations_of_a_mac(alg);
        verify();
        check(std::string{"verify "} + std::string{name(alg)}, most, verify);
        check("verify_signature", most, [&] { BOOST_REQUIRE(one.verify_signature(token).has_value()); });
    }
}

BOOST_AUTO_TEST_CASE(reading_and_remembering_foreign_headers_allocates_nothing)
{
    verifier one{one_key(), {}};
    auto const most = allocations_of_a_mac(algorithm::hs256);
    for (std::size_t size = 0; size < 400; size += 7) {
        auto const header =
            R"({"alg":"HS256","kid":"first\u002dkey","x":[{"a":")" + std::string(size, 'x') + "\"}]}";
        auto const token = signed_token(header, good_payload);
        for (auto const* time : {"the first time", "again"})
            check(std::string{"a foreign header, "} + time, most, [&] {
                BOOST_REQUIRE(one.verify(token, now).has_value());
            });
    }
}

BOOST_AUTO_TEST_CASE(a_copy_remembers_foreign_headers_without_an_allocation_too)
{
    verifier const original{one_key(), {}};
    auto copy = original;
    auto const header = R"({"alg":"HS256","x":")" + std::string(100, 'x') + "\"}";
    auto const token = signed_token(header, good_payload);
    check("a foreign header, a copy", allocations_of_a_mac(algorithm::hs256), [&] {
        BOOST_REQUIRE(copy.verify(token, now).has_value());
    });
}

BOOST_AUTO_TEST_CASE(refusing_allocates_nothing_whatever_the_reason)
{
    auto const token = signer{one_key()}.sign(access_claims()).value();
    verifier one{one_key(), {.issuer = "an issuer that no small string would hold"}};
    std::vector<std::string> const texts{
        "garbage",
        std::string(max_token_size + 1, 'a'),
        std::string(max_token_size, '.'),
        token,
        token + 'A',
        token + '=',
        token + ".A",
        signed_token("{", good_payload),
        signed_token(R"({"alg":"HS256","a":1,"a":1})", good_payload),
        signed_token(R"({"alg":"HS256","crit":["x"]})", good_payload),
        signed_token(R"({"alg":"none"})", good_payload),
        signed_token(R"({"alg":"HS256","typ":"JOSE"})", good_payload),
        signed_token(R"({"alg":"HS256","kid":"a key id that no small string would hold"})", good_payload),
        signed_token(good_header, payload_with("x", R"({"a":["\n",{"b":1.5e3}]})")),
        signed_token(good_header, payload_with("exp", "0")),
        signed_token(good_header, payload_with("exp", "-1")),
        signed_token(good_header, payload_with("iss", R"("another issuer that no small string would hold")")),
        signed_token(good_header, payload_without("sid")),
        signed_token(good_header, "{"),
    };
    auto const most = allocations_of_a_mac(algorithm::hs256);
    for (auto const& text : texts) {
        check("a refusal", most, [&] { BOOST_TEST(!one.verify(text, now).has_value()); });
    }
}

BOOST_AUTO_TEST_CASE(copying_a_verified_token_allocates_nothing)
{
    auto const token = verifier{one_key(), {}}.verify(signed_token(good_header, good_payload), now).value();
    check("a copy", 0, [&] { return verified{token}.claims().subject.size(); });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
