#include "api/metrics/metrics_text.hpp"

#include "auth/error.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;

constexpr server_figures figures{
    .connections = 5,
    .ended_sessions = 7,
    .waiting_passwords = 2,
    .dropped_log_lines = 11,
    .process = {.resident_bytes = 8'192, .open_files = 23, .started_at = 1'800'000'000},
};

constexpr std::string_view text_of_a_server_that_nobody_asked =
    R"(# HELP jwtgate_http_requests_total Requests that were answered.
# TYPE jwtgate_http_requests_total counter
# HELP jwtgate_http_request_duration_seconds From the arrival of a request to its answer, without the time that the client takes.
# TYPE jwtgate_http_request_duration_seconds histogram
# HELP jwtgate_logins_total Attempts to log in.
# TYPE jwtgate_logins_total counter
jwtgate_logins_total{outcome="ok"} 0
jwtgate_logins_total{outcome="bad_credentials"} 0
jwtgate_logins_total{outcome="too_many_failures"} 0
jwtgate_logins_total{outcome="busy"} 0
jwtgate_logins_total{outcome="failed"} 0
# HELP jwtgate_refreshes_total Refresh tokens that were used.
# TYPE jwtgate_refreshes_total counter
jwtgate_refreshes_total{outcome="ok"} 0
jwtgate_refreshes_total{outcome="reused"} 0
jwtgate_refreshes_total{outcome="counter_ahead"} 0
jwtgate_refreshes_total{outcome="unusable_session"} 0
jwtgate_refreshes_total{outcome="token_revoked"} 0
jwtgate_refreshes_total{outcome="expired"} 0
jwtgate_refreshes_total{outcome="not_yet_valid"} 0
jwtgate_refreshes_total{outcome="busy"} 0
jwtgate_refreshes_total{outcome="failed"} 0
# HELP jwtgate_refresh_reuse_total Superseded refresh tokens that were used again, which ended their sessions.
# TYPE jwtgate_refresh_reuse_total counter
jwtgate_refresh_reuse_total 0
# HELP jwtgate_http_connections Connections that are open.
# TYPE jwtgate_http_connections gauge
jwtgate_http_connections 5
# HELP jwtgate_ended_sessions Ended sessions whose tokens are refused.
# TYPE jwtgate_ended_sessions gauge
jwtgate_ended_sessions 7
# HELP jwtgate_password_queue_length Passwords that wait to be hashed.
# TYPE jwtgate_password_queue_length gauge
jwtgate_password_queue_length 2
# HELP jwtgate_log_lines_dropped_total Log lines that nobody read in time.
# TYPE jwtgate_log_lines_dropped_total counter
jwtgate_log_lines_dropped_total 11
# HELP jwtgate_build_info The version of this program; the value is 1.
# TYPE jwtgate_build_info gauge
jwtgate_build_info{version=")" JWTGATE_VERSION R"("} 1
# HELP process_resident_memory_bytes Resident memory size in bytes.
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 8192
# HELP process_open_fds Number of open file descriptors.
# TYPE process_open_fds gauge
process_open_fds 23
# HELP process_start_time_seconds Start time of the process since unix epoch in seconds.
# TYPE process_start_time_seconds gauge
process_start_time_seconds 1800000000
)";

bool has_line(std::string const& text, std::string_view line)
{
    return text.find('\n' + std::string(line) + '\n') != std::string::npos;
}

std::size_t row_of(std::string_view path)
{
    auto const* const row = std::ranges::find(routes, path, &route::path);
    return static_cast<std::size_t>(row - routes.begin());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_metrics_metrics_text)

BOOST_AUTO_TEST_CASE(a_server_that_nobody_asked_has_every_metric)
{
    metrics_registry counted;
    counted.add();
    BOOST_TEST(metrics_text(counted, figures) == text_of_a_server_that_nobody_asked);
}

BOOST_AUTO_TEST_CASE(what_workers_count_is_summed_over_all_of_them_and_by_the_name_of_the_route)
{
    metrics_registry counted;
    auto& one = counted.add();
    auto& other = counted.add();
    one.requests.add(row_of("/app.js"), 200, 1us);
    other.requests.add(row_of("/style.css"), 200, 20us);
    one.requests.add(unknown_route, 404, 1us);
    other.requests.add_refused(400);
    other.requests.add(row_of("/login"), 418, 1us);
    one.domain.logins.add({});
    other.domain.logins.add({});
    one.domain.refreshes.add(auth::errc::token_reused);

    auto const text = metrics_text(counted, {});
    for (auto const* line :
         {R"(jwtgate_http_requests_total{route="page",status="200"} 2)",
          R"(jwtgate_http_requests_total{route="unknown",status="404"} 1)",
          R"(jwtgate_http_requests_total{route="refused",status="400"} 1)",
          R"(jwtgate_http_requests_total{route="/login",status="other"} 1)",
          R"(jwtgate_http_request_duration_seconds_bucket{route="page",le="1e-05"} 1)",
          R"(jwtgate_http_request_duration_seconds_bucket{route="page",le="5e-05"} 2)",
          R"(jwtgate_http_request_duration_seconds_sum{route="page"} 2.1e-05)",
          R"(jwtgate_logins_total{outcome="ok"} 2)",
          R"(jwtgate_refreshes_total{outcome="reused"} 1)",
          R"(jwtgate_refresh_reuse_total 1)"}) {
        BOOST_TEST(has_line(text, line), line << " is not in\n" << text);
    }
    BOOST_TEST(text.find(R"(duration_seconds_count{route="refused"})") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
