#include "api/metrics/exposition.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

namespace jwtgate::api {

using namespace std::chrono_literals;
using kind = exposition::kind;

BOOST_AUTO_TEST_SUITE(api_metrics_exposition)

BOOST_AUTO_TEST_CASE(a_metric_is_its_help_its_type_and_its_samples)
{
    exposition out;
    out.begin(kind::counter, "apples_total", "Apples that fell.");
    out.add({{"colour", "red"}, {"size", "7"}}, 18'446'744'073'709'551'615U);
    out.add({{"colour", "green"}}, 0);
    out.begin(kind::gauge, "leaves", "Leaves.");
    out.add(3);
    BOOST_TEST(
        out.text() ==
        "# HELP apples_total Apples that fell.\n"
        "# TYPE apples_total counter\n"
        "apples_total{colour=\"red\",size=\"7\"} 18446744073709551615\n"
        "apples_total{colour=\"green\"} 0\n"
        "# HELP leaves Leaves.\n"
        "# TYPE leaves gauge\n"
        "leaves 3\n"
    );
}

BOOST_AUTO_TEST_CASE(the_buckets_of_a_histogram_hold_those_before_them)
{
    core::durations counted;
    for (auto const took : std::initializer_list<std::chrono::nanoseconds>{10us, 9us, 2ms, 3s})
        counted.add(took);
    exposition out;
    out.begin(kind::histogram, "fall_seconds", "How long they fell.");
    out.add({"route", "/"}, counted.counts());
    BOOST_TEST(
        out.text() ==
        "# HELP fall_seconds How long they fell.\n"
        "# TYPE fall_seconds histogram\n"
        "fall_seconds_bucket{route=\"/\",le=\"1e-05\"} 2\n"
        "fall_seconds_bucket{route=\"/\",le=\"5e-05\"} 2\n"
        "fall_seconds_bucket{route=\"/\",le=\"0.00025\"} 2\n"
        "fall_seconds_bucket{route=\"/\",le=\"0.001\"} 2\n"
        "fall_seconds_bucket{route=\"/\",le=\"0.005\"} 3\n"
        "fall_seconds_bucket{route=\"/\",le=\"0.025\"} 3\n"
        "fall_seconds_bucket{route=\"/\",le=\"0.1\"} 3\n"
        "fall_seconds_bucket{route=\"/\",le=\"0.5\"} 3\n"
        "fall_seconds_bucket{route=\"/\",le=\"2.5\"} 3\n"
        "fall_seconds_bucket{route=\"/\",le=\"+Inf\"} 4\n"
        "fall_seconds_sum{route=\"/\"} 3.002019\n"
        "fall_seconds_count{route=\"/\"} 4\n"
    );
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
