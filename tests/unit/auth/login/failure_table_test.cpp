#include "auth/login/failure_table.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate::auth;

constexpr std::size_t small = 128;  // 16 buckets of 8
constexpr failure_table::time_point start{std::chrono::hours{1}};

/// The keys of one bucket, the first of which is this.
std::vector<failure_key> neighbours(failure_key first, std::size_t count)
{
    std::vector<failure_key> keys;
    for (std::size_t i = 0; i < count; ++i) keys.push_back(first + i * small);
    return keys;
}

void fill(failure_table& table, std::vector<failure_key> const& keys, failure_table::time_point gone_at)
{
    for (auto const key : keys) table.find_or_add(key, start).gone_at = gone_at;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auth_login_failure_table)

BOOST_AUTO_TEST_CASE(what_was_added_is_found_and_nothing_else)
{
    failure_table table(small);
    BOOST_TEST(table.find(5) == nullptr);
    table.find_or_add(5, start).gone_at = start + 1s;
    BOOST_TEST_REQUIRE(table.find(5) != nullptr);
    BOOST_TEST((table.find(5)->gone_at == start + 1s));
    BOOST_TEST((table.find_or_add(5, start).gone_at == start + 1s));
    for (auto const other : neighbours(5 + small, 7)) BOOST_TEST(table.find(other) == nullptr);
    BOOST_TEST(table.find(6) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_tally_that_is_gone_leaves_its_place)
{
    failure_table table(small);
    auto const keys = neighbours(1, 8);
    fill(table, keys, start + 1s);
    auto& added = table.find_or_add(1 + 8 * small, start + 1s);
    BOOST_TEST((added.gone_at == failure_table::time_point{}));
    BOOST_TEST(table.find(keys[0]) == nullptr);
}

BOOST_AUTO_TEST_CASE(one_that_has_a_turn_keeps_its_place)
{
    failure_table table(small);
    auto const keys = neighbours(1, 8);
    fill(table, keys, start + 1s);
    table.find(keys[0])->ready_at = start;
    table.find_or_add(1 + 8 * small, start + 1s);
    BOOST_TEST(table.find(keys[0]) != nullptr);
    BOOST_TEST(table.find(keys[1]) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_turn_is_kept_for_ten_minutes)
{
    tally const waits{.key = 1, .ready_at = start};
    BOOST_TEST(waits.has_turn(start - 1s));
    BOOST_TEST(waits.has_turn(start + 599s));
    BOOST_TEST(!waits.has_turn(start + 600s));
    BOOST_TEST(!tally{}.has_turn(failure_table::time_point{} + 1s));
}

BOOST_AUTO_TEST_CASE(a_full_bucket_gives_the_place_of_the_weakest_with_what_it_counted)
{
    failure_table table(small);
    auto const keys = neighbours(1, 8);
    for (std::size_t i = 0; i < keys.size(); ++i)
        table.find_or_add(keys[i], start).gone_at = start + 10s + std::chrono::seconds(i == 3 ? 0 : i + 1);
    auto& added = table.find_or_add(1 + 8 * small, start);
    BOOST_TEST((added.gone_at == start + 10s));
    BOOST_TEST(table.find(keys[3]) == nullptr);
    for (auto const i : {0U, 1U, 2U, 4U, 5U, 6U, 7U}) BOOST_TEST(table.find(keys[i]) != nullptr);
}

BOOST_AUTO_TEST_CASE(who_only_waits_goes_before_who_has_failed)
{
    failure_table table(small);
    auto const keys = neighbours(1, 8);
    fill(table, keys, start + 10s);
    auto& waits = *table.find(keys[6]);
    waits.gone_at = {};
    waits.ready_at = start + 300s;
    table.find_or_add(1 + 8 * small, start);
    BOOST_TEST(table.find(keys[6]) == nullptr);
}

// Against a map that forgets nothing: with far more keys than places, no count is ever too low.
BOOST_AUTO_TEST_CASE(never_counts_too_little)
{
    failure_table table(small);
    std::map<failure_key, failure_table::time_point> exact;
    std::mt19937_64 random(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same run each time
    auto now = start;
    for (int i = 0; i < 100'000; ++i) {
        auto const key = random() % 1000 + 1;
        auto const step = 1s * (1 + random() % 5);
        auto const assumed = table.look_up(key, now).gone_at;
        auto& one = table.find_or_add(key, now);
        BOOST_REQUIRE(std::max(one.gone_at, now) == std::max(assumed, now));
        auto& truth = exact[key];
        one.gone_at = std::max(one.gone_at, now) + step;
        truth = std::max(truth, now) + step;
        BOOST_REQUIRE(one.gone_at >= truth);
        now += std::chrono::milliseconds(random() % 100);
    }
    std::size_t places = 0;
    table.for_each([&](tally const&) { ++places; });
    BOOST_TEST(places == small);
}

BOOST_AUTO_TEST_SUITE_END()
