#include "api/metrics/request_counters.hpp"

#include "api/errors.hpp"
#include "auth/error.hpp"
#include <jwtgate/jwt/error.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <thread>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;

std::uint64_t sum(auto const& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

bool is_counted_by_itself(unsigned status)
{
    return std::ranges::count(statuses, status) == 1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_metrics_request_counters)

BOOST_AUTO_TEST_CASE(a_request_is_counted_at_its_route_by_its_status_and_its_time)
{
    request_counters counted;
    counted.add(0, 200, 2us);
    counted.add(0, 401, 20us);
    counted.add(unknown_route, 404, 1us);
    counted.add(unknown_route, 418, 1us);
    counted.add_refused(431);

    auto const first = counted.counts(0);
    BOOST_TEST(first.by_status[0] == 1U);
    BOOST_TEST(first.by_status[3] == 1U);
    BOOST_TEST(sum(first.by_status) == 2U);
    BOOST_TEST((first.durations.sum == 22us));
    BOOST_TEST(counted.counts(unknown_route).by_status.back() == 1U);
    BOOST_TEST(sum(counted.counts(unknown_route).by_status) == 2U);
    auto const refused = counted.counts(refused_route);
    BOOST_TEST(sum(refused.by_status) == 1U);
    BOOST_TEST(sum(refused.durations.buckets) == 0U);
    BOOST_TEST(sum(counted.counts(1).by_status) == 0U);
}

BOOST_AUTO_TEST_CASE(a_route_is_called_by_its_row_and_the_files_of_the_page_alike)
{
    std::set<std::string_view> labels;
    for (std::size_t route = 0; route <= refused_route; ++route) labels.insert(label_of(route));
    std::set<std::string_view> const expected{
        "/",
        "/auth",
        "/healthz",
        "/invite",
        "/login",
        "/logout",
        "/me",
        "/password",
        "/protected",
        "/refresh",
        "/sessions",
        "/sessions/{id}",
        "/token",
        "page",
        "refused",
        "unknown"};
    BOOST_TEST(labels == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_status_of_a_refusal_is_counted_by_itself)
{
    for (int why = 1; why <= static_cast<int>(auth::errc::password_unchanged); ++why)
        BOOST_TEST(is_counted_by_itself(describe(static_cast<auth::errc>(why)).status), why);
    for (int why = 1; why <= static_cast<int>(errc::method_not_allowed); ++why)
        BOOST_TEST(is_counted_by_itself(describe(static_cast<errc>(why)).status), why);
    for (int why = 0; why <= static_cast<int>(http::refusal::failed); ++why)
        BOOST_TEST(is_counted_by_itself(describe(static_cast<http::refusal>(why)).status), why);
    BOOST_TEST(is_counted_by_itself(describe(jwt::errc::expired).status));
}

BOOST_AUTO_TEST_CASE(any_thread_reads_while_a_worker_counts)
{
    constexpr std::uint64_t last = 20'000;
    request_counters counted;
    std::thread worker{[&] {
        for (std::uint64_t i = 0; i < last; ++i) counted.add(0, 200, 1us);
    }};
    std::uint64_t before = 0;
    while (before < last) {
        auto const seen = counted.counts(0).by_status[0];
        BOOST_TEST_REQUIRE(seen >= before);
        before = seen;
    }
    worker.join();
    BOOST_TEST(sum(counted.counts(0).durations.buckets) == last);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
