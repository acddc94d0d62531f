#include "../tokens.hpp"
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

namespace {

// OpenSSL takes its memory from malloc, so these are ours alone.
std::atomic<std::size_t> allocations = 0;

}  // namespace

// Out of line, or GCC 12 sees the free() of what new returned and warns.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    ++allocations;
    if (auto* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc{};
}

[[gnu::noinline]] void operator delete(void* memory) noexcept
{
    std::free(memory);
}

[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept
{
    std::free(memory);
}

namespace jwtgate::jwt::tests {
namespace {

template <class Action>
std::size_t allocations_of(Action action)
{
    auto const before = allocations.load();
    action();
    return allocations - before;
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

BOOST_AUTO_TEST_CASE(the_counter_counts)
{
    BOOST_TEST(allocations_of([] { return std::string(100, 'x'); }) > 0U);
}

BOOST_AUTO_TEST_CASE(signing_into_memory_allocates_nothing)
{
    signer one{one_key()};
    auto const what = access_claims();
    std::array<char, 1024> memory;
    BOOST_TEST(allocations_of([&] { BOOST_REQUIRE(one.sign(what, memory).has_value()); }) == 0U);
}

BOOST_AUTO_TEST_CASE(verifying_allocates_nothing_whatever_the_answer)
{
    auto const token = signer{one_key()}.sign(access_claims()).value();
    verifier one{one_key(), {}};
    std::vector<std::string> const texts{
        token,
        token + 'A',
        signed_token(R"({"alg":"HS256","kid":"first-key","x":[{"a":"\u0041"}]})", good_payload),
        signed_token(R"({"alg":"none"})", good_payload),
        signed_token(good_header, payload_with("x", R"({"a":["\n",{"b":1.5e3}]})")),
        signed_token(good_header, payload_with("exp", "0")),
        signed_token(good_header, "{"),
        "garbage",
    };
    for (auto const& text : texts) {
        auto const verify = [&] { return one.verify(text, now).has_value(); };
        BOOST_TEST(allocations_of(verify) == 0U, text);
    }
    BOOST_TEST(one.verify(token, now).has_value());
}

BOOST_AUTO_TEST_CASE(copying_a_verified_token_allocates_nothing)
{
    auto const token = verifier{one_key(), {}}.verify(signed_token(good_header, good_payload), now).value();
    BOOST_TEST(allocations_of([&] { return verified{token}.claims().subject.size(); }) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
