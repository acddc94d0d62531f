#include "auth/error.hpp"
#include "auth/passwords/password_pool.hpp"
#include "support/run_task.hpp"

#include <boost/test/unit_test.hpp>

#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <dlfcn.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Time is measured by benchmarks; here the work that it follows from is counted, on its way to libsodium.
namespace {

std::atomic<std::size_t> counted_work = 0;
std::atomic<std::size_t> most_memory = 0;

void count(unsigned long long passes, std::size_t memory) noexcept
{
    counted_work += memory * passes;
    most_memory = std::max(most_memory.load(), memory);
}

template <class Function>
Function* libsodium(char const* name) noexcept
{
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" int crypto_pwhash(
    unsigned char* const out,
    unsigned long long out_size,
    char const* const password,
    unsigned long long password_size,
    unsigned char const* const salt,
    unsigned long long passes,
    std::size_t memory,
    int algorithm
)
{
    count(passes, memory);
    return libsodium<decltype(crypto_pwhash)>("crypto_pwhash"
    )(out, out_size, password, password_size, salt, passes, memory, algorithm);
}

extern "C" int crypto_pwhash_str_alg(
    char out[crypto_pwhash_STRBYTES],
    char const* const password,
    unsigned long long password_size,
    unsigned long long passes,
    std::size_t memory,
    int algorithm
)
{
    count(passes, memory);
    return libsodium<decltype(crypto_pwhash_str_alg)>("crypto_pwhash_str_alg"
    )(out, password, password_size, passes, memory, algorithm);
}

namespace {

using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

constexpr std::size_t kib = 1024;
constexpr password_cost chosen{.memory = 64 * kib, .passes = 2};
constexpr std::size_t one = work_of(chosen);

struct outcome {
    core::error_code why;
    bool is_replaced;
    std::size_t work;
};

outcome verify(password_pool& pool, std::string hash, std::string password)
{
    counted_work = most_memory = 0;
    auto const done = run_task(pool.verify(std::move(hash), core::secret{std::move(password)}));
    return {done.error(), done && done->has_value(), counted_work};
}

outcome verify(std::string hash, std::string password)
{
    password_pool pool{1, chosen};
    return verify(pool, std::move(hash), std::move(password));
}

std::string hash_of(std::string const& password, password_cost cost)
{
    return hash_password(password, cost).value();
}

/// Whether so many hashes took what is expected of each, but for what no hash can make up for.
bool is_near(std::size_t work, std::size_t hashes, std::size_t each)
{
    return work <= hashes * each && hashes * each - work < hashes * least_password_cost.memory;
}

/// Hashes that cost as much as the chosen cost, or less, or nothing.
std::vector<std::string> hashes_up_to_the_cost(std::string const& password)
{
    std::vector<std::string> hashes{"", "no hash", "$argon2id$v=19$m=99999999,t=1,p=1$c2FsdA$aGFzaA"};
    for (auto const cost :
         {least_password_cost,
          password_cost{.memory = 8 * kib, .passes = 2},
          password_cost{.memory = 9 * kib, .passes = 1},
          password_cost{.memory = 16 * kib, .passes = 1},
          password_cost{.memory = 32 * kib, .passes = 2},
          password_cost{.memory = 40 * kib, .passes = 3},
          password_cost{.memory = 63 * kib, .passes = 2},
          password_cost{.memory = 64 * kib, .passes = 1},
          password_cost{.memory = 120 * kib, .passes = 1},
          password_cost{.memory = 127 * kib, .passes = 1},
          password_cost{.memory = 128 * kib, .passes = 1},
          chosen})
        hashes.push_back(hash_of(password, cost));
    return hashes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_password_pool_work)

BOOST_AUTO_TEST_CASE(the_work_is_counted)
{
    counted_work = 0;
    auto const hash = hash_of("x", chosen);
    BOOST_TEST(counted_work == one);
    BOOST_TEST(verify_password(hash, "x").has_value());
    BOOST_TEST(counted_work == 2 * one);
}

BOOST_AUTO_TEST_CASE(a_refusal_takes_as_much_whatever_the_hash)
{
    for (auto const& hash : hashes_up_to_the_cost("right")) BOOST_TEST_CONTEXT(hash)
        {
            for (std::string const wrong : {"wrong", "", "right ", "nobody"}) {
                auto const refused = verify(hash, wrong);
                BOOST_TEST((refused.why == errc::bad_credentials));
                BOOST_TEST(is_near(refused.work, 1, one), refused.work);
            }
            for (std::string const two_spellings : {"cafe\u0301", "right\u00a0", "\u212b"}) {
                auto const refused = verify(hash, two_spellings);
                BOOST_TEST((refused.why == errc::bad_credentials));
                BOOST_TEST(is_near(refused.work, 2, one), refused.work);
            }
        }
}

BOOST_AUTO_TEST_CASE(the_right_password_takes_its_hash_and_where_that_was_weaker_the_new_one)
{
    auto const same = verify(hash_of("right", chosen), "right");
    BOOST_TEST((!same.why && !same.is_replaced));
    BOOST_TEST(same.work == one);
    auto const weaker = verify(hash_of("right", least_password_cost), "right");
    BOOST_TEST((!weaker.why && weaker.is_replaced));
    BOOST_TEST(weaker.work == work_of(least_password_cost) + one);
    auto const other_bytes = verify(hash_of("cafe\u0301", chosen), "cafe\u0301");
    BOOST_TEST((!other_bytes.why && other_bytes.is_replaced));
    BOOST_TEST(other_bytes.work == 3 * one);
}

// After the cost was lowered: from the first such hash on, the others take as long, in no more memory.
BOOST_AUTO_TEST_CASE(a_stronger_hash_does_not_stand_out_for_long)
{
    for (auto const cost :
         {password_cost{.memory = 256 * kib, .passes = 1},
          password_cost{.memory = 64 * kib, .passes = 3},
          password_cost{.memory = 256 * kib, .passes = 16}}) {
        password_pool pool{1, chosen};
        BOOST_TEST(verify(pool, "", "wrong").work == one);
        BOOST_TEST(verify(pool, hash_of("right", cost), "wrong").work == work_of(cost));
        for (auto const& hash : hashes_up_to_the_cost("right")) BOOST_TEST_CONTEXT(hash)
            {
                auto const refused = verify(pool, hash, "wrong");
                BOOST_TEST((refused.why == errc::bad_credentials));
                BOOST_TEST(is_near(refused.work, 1, work_of(cost)), refused.work);
                BOOST_TEST(most_memory <= 128 * kib);
            }
        BOOST_TEST(verify(pool, hash_of("right", chosen), "right").work == one);
    }
}

BOOST_AUTO_TEST_SUITE_END()
