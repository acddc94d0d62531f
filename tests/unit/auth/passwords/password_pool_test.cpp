#include "auth/passwords/password_pool.hpp"

#include "auth/error.hpp"
#include "auth/passwords/opaque_string.hpp"
#include "support/run_task.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <exception>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

core::secret secret(std::string text)
{
    return core::secret{std::move(text)};
}

task<std::thread::id> thread_after_hashing(password_pool& pool)
{
    co_await pool.hash(secret("x"));
    co_return std::this_thread::get_id();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_password_pool)

BOOST_AUTO_TEST_CASE(hashes_and_verifies_at_its_cost)
{
    password_pool pool{1, {.memory = std::size_t{16} << 10U, .passes = 3}};
    auto const hash = run_task(pool.hash(secret("right"))).value();
    BOOST_TEST(hash.starts_with("$argon2id$v=19$m=16,t=3,p=1$"));
    BOOST_TEST(!run_task(pool.verify(hash, secret("right"))).value().has_value());
    BOOST_TEST((run_task(pool.verify(hash, secret("wrong"))).error() == errc::bad_credentials));
    pool.join();
}

BOOST_AUTO_TEST_CASE(a_weaker_hash_is_replaced_when_its_password_is_right)
{
    password_pool pool{1, {.memory = std::size_t{16} << 10U, .passes = 1}};
    auto const weak = hash_password("right", least_password_cost).value();
    auto const stronger = run_task(pool.verify(weak, secret("right"))).value();
    BOOST_TEST_REQUIRE(stronger.has_value());
    BOOST_TEST(stronger->starts_with("$argon2id$v=19$m=16,t=1,p=1$"));
    BOOST_TEST(verify_password(*stronger, "right").has_value());
    BOOST_TEST((run_task(pool.verify(weak, secret("wrong"))).error() == errc::bad_credentials));
    pool.join();
}

BOOST_AUTO_TEST_CASE(a_password_counts_in_every_spelling_of_its_characters)
{
    password_pool pool{1, least_password_cost};
    std::string const nfc = "caf\u00e9 au lait";
    std::string const nfd = "cafe\u0301\u00a0au\u3000lait";
    for (auto const& set : {nfc, nfd}) {
        auto const hash = run_task(pool.hash(secret(set))).value();
        BOOST_TEST(verify_password(hash, nfc).has_value());
        for (auto const& given : {nfc, nfd})
            BOOST_TEST(!run_task(pool.verify(hash, secret(given))).value().has_value());
        for (std::string const wrong :
             {"cafe au lait", "caf\u00e9 au lait ", "CAF\u00c9 au lait", "caf\u00e9au lait"})
            BOOST_TEST((run_task(pool.verify(hash, secret(wrong))).error() == errc::bad_credentials));
    }
    pool.join();
}

BOOST_AUTO_TEST_CASE(a_hash_of_other_bytes_counts_for_these_and_is_replaced)
{
    password_pool pool{1, least_password_cost};
    for (std::string const old :
         {"cafe\u0301",
          "\u00a0pass\u3000word",
          "\u1112\u1161\u11ab",
          "tab\tand\u2003space",
          "not UTF-8: \xff\u00a0"}) {
        auto const hash = hash_password(old, least_password_cost).value();
        auto const prepared = opaque_string(old);
        auto const better = run_task(pool.verify(hash, secret(old))).value();
        BOOST_TEST(better.has_value() == (prepared.reveal() != old));
        if (better) BOOST_TEST(verify_password(*better, prepared.reveal()).has_value());
        if (better) BOOST_TEST(!run_task(pool.verify(*better, secret(old))).value().has_value());
        BOOST_TEST((run_task(pool.verify(hash, secret(old + '!'))).error() == errc::bad_credentials));
        if (better)
            BOOST_TEST(
                (run_task(pool.verify(hash, secret(std::string(prepared.reveal())))).error() ==
                 errc::bad_credentials)
            );
    }
    pool.join();
}

BOOST_AUTO_TEST_CASE(a_stronger_hash_is_kept)
{
    password_pool pool{1, least_password_cost};
    auto const strong = hash_password("right", {.memory = std::size_t{16} << 10U, .passes = 2}).value();
    BOOST_TEST(!run_task(pool.verify(strong, secret("right"))).value().has_value());
    pool.join();
}

BOOST_AUTO_TEST_CASE(a_hash_that_is_not_usable_matches_nothing)
{
    password_pool pool{1, least_password_cost};
    for (std::string const hash : {"", "nobody", "$argon2id$v=19$m=99999999,t=1,p=1$c2FsdA$aGFzaA"}) {
        for (std::string const password : {"", "nobody", "right"}) {
            BOOST_TEST((run_task(pool.verify(hash, secret(password))).error() == errc::bad_credentials));
        }
    }
    pool.join();
}

BOOST_AUTO_TEST_CASE(results_arrive_where_the_caller_runs)
{
    password_pool pool{1, least_password_cost};
    BOOST_TEST((run_task(thread_after_hashing(pool)) == std::this_thread::get_id()));
    pool.join();
}

BOOST_AUTO_TEST_CASE(refuses_at_once_what_the_queue_does_not_hold)
{
    constexpr std::size_t fits = 1 + 64;
    constexpr std::size_t surplus = 200;
    password_pool pool{1, password_cost{}};
    boost::asio::io_context context;
    std::vector<core::error_code> outcomes;
    auto const keep = [&](std::exception_ptr const&, auto const& hashed) {
        outcomes.push_back(hashed.error());
    };
    for (std::size_t i = 0; i < fits + surplus; ++i) {
        boost::asio::co_spawn(context, pool.hash(secret("x")), keep);
    }
    context.run();
    auto const refused = static_cast<std::size_t>(std::ranges::count(outcomes, make_error_code(errc::busy)));
    BOOST_TEST(outcomes.size() == fits + surplus);
    BOOST_TEST(refused > 0);
    BOOST_TEST(refused <= surplus);
    BOOST_TEST((outcomes.front() == errc::busy), "refusals do not wait for anything");
    pool.join();
}

BOOST_AUTO_TEST_CASE(refuses_after_its_end)
{
    password_pool pool{1, least_password_cost};
    pool.join();
    BOOST_TEST((run_task(pool.hash(secret("x"))).error() == errc::busy));
    BOOST_TEST((run_task(pool.verify("", secret("x"))).error() == errc::busy));
}

BOOST_AUTO_TEST_SUITE_END()
