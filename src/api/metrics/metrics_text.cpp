#include "api/metrics/metrics_text.hpp"

#include "api/metrics/exposition.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <string>
#include <string_view>

namespace jwtgate::api {
namespace {

using kind = exposition::kind;
using auth::outcome;

// The outcomes that an attempt can have; what does not happen is 0, so that an alarm has something to
// compare.
constexpr std::array login_outcomes{
    outcome::ok, outcome::bad_credentials, outcome::too_many_failures, outcome::busy, outcome::failed};
constexpr std::array refresh_outcomes{
    outcome::ok,
    outcome::reused,
    outcome::counter_ahead,
    outcome::unusable_session,
    outcome::token_revoked,
    outcome::expired,
    outcome::not_yet_valid,
    outcome::busy,
    outcome::failed};

using counts_by_label = std::map<std::string_view, route_counts>;

counts_by_label requests_of(metrics_registry const& counted)
{
    counts_by_label sums;
    for (std::size_t route = 0; route <= refused_route; ++route)
        sums[label_of(route)] += counted.requests(route);
    return sums;
}

void add_requests(exposition& out, counts_by_label const& requests)
{
    out.begin(kind::counter, "jwtgate_http_requests_total", "Requests that were answered.");
    for (auto const& [label, counts] : requests) {
        for (std::size_t i = 0; i < counts.by_status.size(); ++i) {
            if (counts.by_status[i] == 0) continue;
            auto const status = i < statuses.size() ? std::to_string(statuses[i]) : "other";
            out.add({{"route", label}, {"status", status}}, counts.by_status[i]);
        }
    }
}

void add_durations(exposition& out, counts_by_label const& requests)
{
    out.begin(
        kind::histogram,
        "jwtgate_http_request_duration_seconds",
        "From the arrival of a request to its answer, without the time that the client takes."
    );
    for (auto const& [label, counts] : requests) {
        auto const& buckets = counts.durations.buckets;
        if (std::accumulate(buckets.begin(), buckets.end(), std::uint64_t{0}) == 0) continue;
        out.add({"route", label}, counts.durations);
    }
}

void add_events(exposition& out, metrics_registry const& counted)
{
    out.begin(kind::counter, "jwtgate_logins_total", "Attempts to log in.");
    for (auto const how : login_outcomes) out.add({{"outcome", word(how)}}, counted.logins(how));
    out.begin(kind::counter, "jwtgate_refreshes_total", "Refresh tokens that were used.");
    for (auto const how : refresh_outcomes) out.add({{"outcome", word(how)}}, counted.refreshes(how));
    out.begin(
        kind::counter,
        "jwtgate_refresh_reuse_total",
        "Superseded refresh tokens that were used again, which ended their sessions."
    );
    out.add(counted.refreshes(outcome::reused));
}

void add_gauge(exposition& out, std::string_view name, std::string_view help, std::uint64_t value)
{
    out.begin(kind::gauge, name, help);
    out.add(value);
}

void add_figures(exposition& out, server_figures const& now)
{
    add_gauge(out, "jwtgate_http_connections", "Connections that are open.", now.connections);
    add_gauge(out, "jwtgate_ended_sessions", "Ended sessions whose tokens are refused.", now.ended_sessions);
    add_gauge(
        out, "jwtgate_password_queue_length", "Passwords that wait to be hashed.", now.waiting_passwords
    );
    out.begin(kind::counter, "jwtgate_log_lines_dropped_total", "Log lines that nobody read in time.");
    out.add(now.dropped_log_lines);
    out.begin(kind::gauge, "jwtgate_build_info", "The version of this program; the value is 1.");
    out.add({{"version", JWTGATE_VERSION}}, 1);
}

void add_process(exposition& out, process_figures const& now)
{
    add_gauge(out, "process_resident_memory_bytes", "Resident memory size in bytes.", now.resident_bytes);
    add_gauge(out, "process_open_fds", "Number of open file descriptors.", now.open_files);
    add_gauge(
        out,
        "process_start_time_seconds",
        "Start time of the process since unix epoch in seconds.",
        static_cast<std::uint64_t>(now.started_at)
    );
}

}  // namespace

std::string metrics_text(metrics_registry const& counted, server_figures const& now)
{
    exposition out;
    auto const requests = requests_of(counted);
    add_requests(out, requests);
    add_durations(out, requests);
    add_events(out, counted);
    add_figures(out, now);
    add_process(out, now.process);
    return out.text();
}

}  // namespace jwtgate::api
