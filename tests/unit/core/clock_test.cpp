#include "core/clock.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace std::chrono;

BOOST_AUTO_TEST_SUITE(core_clock)

BOOST_AUTO_TEST_CASE(the_system_clock_tells_the_time_in_whole_seconds)
{
    auto const clock = jwtgate::core::system_clock();
    auto const before = floor<seconds>(system_clock::now());
    auto const now = clock.now();
    auto const after = system_clock::now();
    BOOST_TEST((before <= now));
    BOOST_TEST((now <= after));
}

BOOST_AUTO_TEST_CASE(the_steady_clock_never_goes_back)
{
    auto const clock = jwtgate::core::system_clock();
    auto const before = steady_clock::now();
    auto const first = clock.steady();
    auto const second = clock.steady();
    BOOST_TEST((before <= first));
    BOOST_TEST((first <= second));
}

BOOST_AUTO_TEST_SUITE_END()
