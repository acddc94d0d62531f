#include "unit/jwt/tokens.hpp"
#include <jwtgate/jwt/key_ring.hpp>
#include <jwtgate/jwt/signer.hpp>
#include <jwtgate/jwt/verifier.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace jwtgate::jwt::tests {
namespace {

constexpr std::size_t generations = 1'000;
constexpr std::size_t rounds_a_generation = 20;
constexpr std::size_t thread_count = 4;

std::string id_of(std::size_t generation)
{
    return "key-" + std::to_string(generation);
}

std::string secret_of(std::size_t generation)
{
    return id_of(generation) + std::string(32, 's');
}

std::string token_of(std::size_t generation)
{
    auto const input =
        encoded(R"({"alg":"HS256","kid":")" + id_of(generation) + "\"}") + '.' + encoded(good_payload);
    return input + '.' + encoded(mac_of(input, secret_of(generation)));
}

/// The key of the generation, which signs, and the one of the generation before.
std::shared_ptr<key_set const> set_of(std::size_t generation)
{
    auto const entry = [](std::size_t of) {
        return R"({"kty":"oct","alg":"HS256","kid":")" + id_of(of) + R"(","k":")" + encoded(secret_of(of)) +
               "\"}";
    };
    auto const before = generation == 0 ? "" : ',' + entry(generation - 1);
    return keys_from(R"({"keys":[)" + entry(generation) + before + "]}");
}

/// One ring whose set is replaced generation by generation, and what may be said of that from outside.
struct history {
    key_ring ring{set_of(0)};
    std::atomic<std::size_t> begun = 0;     // replace of this generation has begun
    std::atomic<std::size_t> returned = 0;  // and has returned
    std::atomic<std::size_t> rounds = 0;
    std::vector<std::string> tokens;

    history()
    {
        for (std::size_t generation = 0; generation < generations; ++generation)
            tokens.push_back(token_of(generation));
    }

    void write()
    {
        for (std::size_t next = 1; next < generations; ++next) {
            auto set = set_of(next);
            while (rounds < next * rounds_a_generation) std::this_thread::yield();
            begun = next;
            ring.replace(std::move(set));
            returned = next;
        }
    }
};

/// A thread that signs and verifies. Counts what must not be, since Boost.Test is for one thread.
class user {
public:
    explicit user(history& of) : history_{of}, verifier_{of.ring, {}}, signer_{of.ring} {}

    void run()
    {
        for (std::size_t round = 0; history_.returned + 1 < generations; ++round) {
            verify(round % 7);
            sign();
            ++history_.rounds;
        }
        for (std::size_t back = 0; back < 7; ++back) verify(back);
        sign();
    }

    std::size_t accepted = 0;
    std::size_t refused = 0;
    std::size_t wrong = 0;

private:
    /// One token, from two generations ahead to four behind.
    void verify(std::size_t back)
    {
        auto const oldest = history_.returned.load();
        auto const of = std::min(std::max(oldest + 2, back) - back, generations - 1);
        auto const answer = verifier_.verify(history_.tokens[of], now);
        auto const newest = history_.begun.load();
        answer ? ++accepted : ++refused;

        // The call has seen one set of those from oldest to newest; each holds its own key and the one
        // before.
        auto const in_some = of + 1 >= oldest && of <= newest;
        auto const in_all = of + 1 >= newest && of <= oldest;
        auto const right = answer ? in_some && answer->key_id() == id_of(of)
                                  : !in_all && answer.error() == make_error_code(errc::unknown_key);
        if (!right) ++wrong;
    }

    void sign()
    {
        auto const oldest = history_.returned.load();
        auto const token = signer_.sign_json(good_payload);
        auto const newest = history_.begun.load();
        auto const is_token_of = [&](std::size_t of) { return token.value() == expected_token_of(of); };
        auto right = false;
        for (auto of = oldest; of <= newest && !right; ++of) right = is_token_of(of);
        if (!right) ++wrong;
    }

    static std::string expected_token_of(std::size_t of)
    {
        auto const header = R"({"alg":"HS256","kid":")" + id_of(of) + R"(","typ":"JWT"})";
        auto const input = encoded(header) + '.' + encoded(good_payload);
        return input + '.' + encoded(mac_of(input, secret_of(of)));
    }

    history& history_;
    verifier verifier_;
    signer signer_;
};

BOOST_AUTO_TEST_SUITE(jwt_key_ring_threads)

BOOST_AUTO_TEST_CASE(no_call_that_begins_after_a_replacement_uses_a_key_that_is_gone)
{
    history all;
    std::vector<user> users(thread_count, user{all});
    {
        std::vector<std::jthread> threads;
        threads.reserve(thread_count);
        for (auto& each : users) threads.emplace_back([&each] { each.run(); });
        all.write();
    }
    for (auto const& each : users) {
        BOOST_TEST(each.wrong == 0U);
        BOOST_TEST(each.accepted > 0U);
        BOOST_TEST(each.refused > 0U);
    }
    BOOST_TEST(all.rounds >= (generations - 1) * rounds_a_generation);
}

BOOST_AUTO_TEST_CASE(readers_come_and_go_while_the_ring_is_replaced)
{
    key_ring ring{set_of(0)};
    std::atomic<std::size_t> wrong = 0;
    auto const token = token_of(0);
    auto const come_and_go = [&] {
        for (std::size_t round = 0; round < 500; ++round) {
            verifier one{ring, {}};
            auto other = one;
            if (!one.verify(token, now) || !other.verify(token, now)) ++wrong;
        }
    };
    {
        std::vector<std::jthread> threads;
        threads.reserve(thread_count);
        for (std::size_t i = 0; i < thread_count; ++i) threads.emplace_back(come_and_go);
        for (std::size_t i = 0; i < 2'000; ++i) ring.replace(set_of(i % 2));
    }
    BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace jwtgate::jwt::tests
