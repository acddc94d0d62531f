#include "core/clock_watch.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using jwtgate::core::clock_reading;
using jwtgate::core::clock_watch;
using seconds = std::chrono::seconds;

constexpr clock_reading start{
    std::chrono::sys_seconds{1'700'000'000s}, std::chrono::steady_clock::time_point{7h}};

/// What both clocks have done since the reading before, and what is then said of the wall clock.
struct step {
    seconds steady;
    seconds wall;
    seconds set_by;
    bool trusted;
};

struct row {
    std::string name;
    std::vector<step> steps;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(core_clock_watch)

BOOST_AUTO_TEST_CASE(trusts_a_wall_clock_that_has_kept_its_pace_for_an_hour)
{
    auto const years = seconds{1'700'000'000};
    for (auto const& [name, steps] : std::vector<row>{
             {"watched too short", {{3599s, 3599s, 0s, false}}},
             {"watched for an hour", {{3600s, 3600s, 0s, true}}},
             {"in pieces", {{600s, 600s, 0s, false}, {2999s, 3000s, 0s, false}, {1s, 0s, 0s, true}}},
             {"strays within the tolerance", {{3600s, 3610s, 0s, true}, {3600s, 3580s, 0s, true}}},
             {"set ahead", {{3600s, 3611s, 11s, false}, {3599s, 3599s, 0s, false}, {1s, 1s, 0s, true}}},
             {"set back", {{3600s, 3589s, -11s, false}, {3600s, 3600s, 0s, true}}},
             {"strays a little each time", {{3600s, 3606s, 0s, true}, {3600s, 3606s, 12s, false}}},
             {"set ahead and right again unseen", {{3600s, 3600s, 0s, true}}},
             {"nine hours ahead at start", {{1s, 1s - 9h, -9h, false}, {3600s, 3600s, 0s, true}}},
             {"starts in 1970", {{30s, 30s + years, years, false}, {3599s, 3599s, 0s, false}}},
             {"a hundred days ahead and back",
              {{3600s, 3600s, 0s, true},
               {60s, 60s + 2400h, 2400h, false},
               {60s, 60s - 2400h, -2400h, false},
               {3600s, 3600s, 0s, true}}},
             {"a machine asleep",
              {{3600s, 3600s, 0s, true}, {5s, 8h, 8h - 5s, false}, {3600s, 3600s, 0s, true}}},
             {"a snapshot resumed", {{7200s, 7200s, 0s, true}, {1s, 720h, 720h - 1s, false}}},
             {"set again and again",
              {{3000s, 3100s, 100s, false}, {3000s, 3100s, 100s, false}, {3000s, 2900s, -100s, false}}},
             {"stands still", {{3600s, 0s, -3600s, false}, {3600s, 0s, -3600s, false}}},
         }) {
        BOOST_TEST_CONTEXT(name)
        {
            auto now = start;
            clock_watch watch{now};
            BOOST_TEST(!watch.is_trusted());
            for (auto const& each : steps) {
                now.steady += each.steady;
                now.wall += each.wall;
                BOOST_TEST((watch.observe(now) == each.set_by));
                BOOST_TEST(watch.is_trusted() == each.trusted);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
