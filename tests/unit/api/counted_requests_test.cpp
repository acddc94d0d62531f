#include "api/application.hpp"
#include "support/stderr_capture.hpp"
#include "unit/api/served_site.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace jwtgate::api {
namespace {

using seen = std::map<std::pair<std::string_view, unsigned>, std::uint64_t>;

seen counted_by(request_counters const& counted)
{
    seen all;
    for (std::size_t route = 0; route <= refused_route; ++route) {
        auto const counts = counted.counts(route);
        for (std::size_t i = 0; i < statuses.size(); ++i)
            if (counts.by_status.at(i) > 0) all[{label_of(route), statuses.at(i)}] += counts.by_status.at(i);
    }
    return all;
}

std::uint64_t timed_at(request_counters const& counted, std::string_view label)
{
    std::uint64_t sum = 0;
    for (std::size_t route = 0; route <= refused_route; ++route) {
        if (label_of(route) != label) continue;
        auto const buckets = counted.counts(route).durations.buckets;
        sum = std::accumulate(buckets.begin(), buckets.end(), sum);
    }
    return sum;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_counted_requests, plain_site)

BOOST_AUTO_TEST_CASE(every_request_is_counted_once_by_route_and_status)
{
    auto const cookie = cookie_field(log_in());
    ask("POST", "/login", {}, R"({"username":"alice","password":"wrong"})");
    ask("POST", "/login", {}, "no JSON");
    ask("GET", "/auth", {{"Cookie", cookie}});
    ask("GET", "/auth");
    ask("PATCH", "/auth/of/another/program");
    ask("DELETE", "/sessions/no-such-session");
    ask("GET", "/app.js");
    ask("GET", "/style.css");
    ask("HEAD", "/");
    ask("GET", "/login");
    ask("GET", "/sessions/a/b");
    ask("GET", "/metrics");
    ask("OPTIONS", "/logout");
    ask("POST", "/logout", {{"Sec-Fetch-Site", "cross-site"}});

    seen const expected{
        {{"/login", 200}, 1},
        {{"/login", 401}, 1},
        {{"/login", 400}, 1},
        {{"/login", 405}, 1},
        {{"/auth", 200}, 1},
        {{"/auth", 401}, 2},
        {{"/sessions/{id}", 401}, 1},
        {{"page", 200}, 2},
        {{"/", 200}, 1},
        {{"unknown", 404}, 2},
        {{"/logout", 405}, 1},
        {{"/logout", 403}, 1},
    };
    BOOST_TEST((counted_by(counted) == expected));
    BOOST_TEST(timed_at(counted, "/login") == 4U);
    BOOST_TEST(timed_at(counted, "/auth") == 3U);
    BOOST_TEST(timed_at(counted, "unknown") == 2U);
}

BOOST_AUTO_TEST_CASE(what_the_server_refuses_is_counted_without_a_time)
{
    for (auto const why : {http::refusal::malformed, http::refusal::timed_out, http::refusal::malformed}) {
        http::out_buffer out;
        http::response res(out, {});
        served.refuse(why, "192.0.2.1", res);
    }
    seen const expected{{{"refused", 400}, 2}, {{"refused", 408}, 1}};
    BOOST_TEST((counted_by(counted) == expected));
    BOOST_TEST(timed_at(counted, "refused") == 0U);
}

BOOST_AUTO_TEST_CASE(each_has_one_line_at_level_debug_and_none_above)
{
    auto const lines_at = [&](core::log_level level) {
        test::stderr_capture const err;
        core::log const log{level, core::log_format::text};
        site const logged{
            shared.cookies,
            shared.former,
            shared.credentials,
            trusted_proxies({}),
            allowed_origins({}),
            return_targets({}),
            log,
            domain.clock,
            domain.random};
        application one{make_domain(), logged, counted};
        for (auto const* path : {"/healthz", "/login", "/nowhere"}) {
            test::request const req("GET", path);
            http::out_buffer out;
            http::response res(out, {});
            BOOST_TEST(!one.handle(req, res).valid());
        }
        log.flush();
        return std::ranges::count(err.text(), '\n');
    };
    BOOST_TEST(lines_at(core::log_level::debug) == 3);
    BOOST_TEST(lines_at(core::log_level::info) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
