#include "store/rows/failure_rows.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using jwtgate::store::failure_rows;

constexpr auto highest = std::numeric_limits<auth::failure_key>::max();

struct fixture : store::test::database {
    failure_rows rows{*sql};

    std::size_t count() { return rows.all(1'000'000).counts.size(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(store_rows_failure_rows, fixture)

BOOST_AUTO_TEST_CASE(a_new_database_remembers_nothing_and_has_a_key)
{
    auto const found = rows.all(10);
    BOOST_TEST(found.counts.empty());
    BOOST_TEST((found.clock == 0ns));
    BOOST_TEST(found.hash_key[0] != found.hash_key[1]);
    BOOST_TEST((rows.all(10).hash_key == found.hash_key));
}

BOOST_AUTO_TEST_CASE(what_was_put_is_found_the_last_to_go_first)
{
    rows.put({.counts = {{1, 20s}, {highest, 30s}}, .clock = 10s});
    auto const found = rows.all(10);
    BOOST_TEST_REQUIRE(found.counts.size() == 2U);
    BOOST_TEST(found.counts[0].key == highest);
    BOOST_TEST((found.counts[0].gone_at == 30s));
    BOOST_TEST(found.counts[1].key == 1U);
    BOOST_TEST((found.clock == 10s));
    BOOST_TEST(rows.all(1).counts.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_key_has_one_count_the_newest)
{
    rows.put({.counts = {{1, 20s}}, .clock = 10s});
    rows.put({.counts = {{1, 15s}}, .clock = 11s});
    auto const found = rows.all(10);
    BOOST_TEST_REQUIRE(found.counts.size() == 1U);
    BOOST_TEST((found.counts[0].gone_at == 15s));
}

BOOST_AUTO_TEST_CASE(what_is_gone_is_forgotten)
{
    rows.put({.counts = {{1, 20s}, {2, 21s}, {3, 5s}}, .clock = 10s});
    BOOST_TEST(count() == 2U);
    rows.put({.counts = {}, .clock = 20s});
    BOOST_TEST(count() == 1U);
}

BOOST_AUTO_TEST_CASE(no_more_are_forgotten_at_once_than_lets_others_in)
{
    auth::failure_changes many{.counts = {}, .clock = 10s};
    for (std::uint64_t key = 1; key <= 1000; ++key) many.counts.push_back({key, 20s});
    rows.put(many);
    rows.put({.counts = {}, .clock = 20s});
    BOOST_TEST(count() == 900U);
}

BOOST_AUTO_TEST_SUITE_END()
