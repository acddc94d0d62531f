#include "core/metrics/durations.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace {

using namespace jwtgate;
using namespace std::chrono_literals;

std::size_t bucket_of(std::chrono::nanoseconds took)
{
    core::durations counted;
    counted.add(took);
    auto const buckets = counted.counts().buckets;
    BOOST_TEST(std::ranges::count(buckets, 1U) == 1);
    return static_cast<std::size_t>(std::ranges::find(buckets, 1U) - buckets.begin());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(core_metrics_durations)

BOOST_AUTO_TEST_CASE(each_lies_in_the_first_bucket_that_holds_it)
{
    BOOST_TEST(bucket_of(-1ns) == 0U);
    BOOST_TEST(bucket_of(0ns) == 0U);
    for (std::size_t i = 0; i < core::duration_bounds.size(); ++i) {
        BOOST_TEST(bucket_of(core::duration_bounds.at(i)) == i);
        BOOST_TEST(bucket_of(core::duration_bounds.at(i) + 1ns) == i + 1);
    }
    BOOST_TEST(bucket_of(1h) == core::duration_bounds.size());
}

BOOST_AUTO_TEST_CASE(they_are_summed)
{
    core::durations one;
    core::durations other;
    one.add(3us);
    one.add(30us);
    one.add(-1us);
    other.add(4us);
    auto sum = one.counts();
    sum += other.counts();
    std::array<std::uint64_t, 10> const expected{3, 1};
    BOOST_TEST(sum.buckets == expected, boost::test_tools::per_element());
    BOOST_TEST((sum.sum == 37us));
}

BOOST_AUTO_TEST_SUITE_END()
