#include "core/metrics/counter.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <thread>
#include <vector>

namespace {

using jwtgate::core::counter;

}  // namespace

BOOST_AUTO_TEST_SUITE(core_metrics_counter)

BOOST_AUTO_TEST_CASE(begins_at_zero_and_sums_what_is_added)
{
    counter number;
    BOOST_TEST(number.value() == 0U);
    number.add(1);
    number.add(41);
    BOOST_TEST(number.value() == 42U);
}

BOOST_AUTO_TEST_CASE(is_read_while_it_is_written_and_never_falls)
{
    constexpr std::uint64_t last = 100'000;
    counter number;
    std::vector<std::uint64_t> seen;
    std::thread writer{[&] {
        for (std::uint64_t i = 0; i < last; ++i) number.add(1);
    }};
    do seen.push_back(number.value());
    while (seen.back() < last);
    writer.join();
    BOOST_TEST(std::ranges::is_sorted(seen));
    BOOST_TEST(number.value() == last);
}

BOOST_AUTO_TEST_SUITE_END()
