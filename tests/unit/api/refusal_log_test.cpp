#include "api/refusal_log.hpp"

#include "support/request.hpp"
#include "support/stderr_capture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>

namespace jwtgate::api {
namespace {

std::string logged(std::function<void(core::log const&)> const& act)
{
    test::stderr_capture const err;
    {
        core::log const log{core::log_level::info, core::log_format::text};
        act(log);
    }
    return err.text();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_refusal_log)

BOOST_AUTO_TEST_CASE(a_refused_source_is_logged_with_both_names_and_no_secret)
{
    auto const line_of = [](std::vector<http::field> given) {
        return logged([&](core::log const& log) {
            log_cross_site(log, test::request("POST", "/login", std::move(given)), "127.0.0.1:8080");
        });
    };
    auto const by_origin = line_of({{"Origin", "https://login.example"}, {"Sec-Fetch-Site", "cross-site"}});
    BOOST_TEST_CONTEXT(by_origin)
    {
        BOOST_TEST(by_origin.find("127.0.0.1:8080") != std::string::npos);
        BOOST_TEST(by_origin.find("https://login.example") != std::string::npos);
        BOOST_TEST(by_origin.find("cross-site") != std::string::npos);
        BOOST_TEST(by_origin.find("/login") != std::string::npos);
    }
    auto const by_referer = line_of({{"Referer", "https://login.example/reset?code=secret"}});
    BOOST_TEST(by_referer.find("https://login.example") != std::string::npos);
    BOOST_TEST(by_referer.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_parameter_is_named_and_repeated_ever_more_rarely)
{
    auto const lines_of = [](std::vector<std::string> const& names) {
        auto const text = logged([&](core::log const& log) {
            parameter_warning warning;
            for (auto const& name : names) warning.warn(log, name);
        });
        return std::ranges::count(text, '\n');
    };
    BOOST_TEST(lines_of({"roles"}) == 1);
    BOOST_TEST(lines_of({"roles", "group", "roles"}) == 3);
    BOOST_TEST(lines_of(std::vector<std::string>(1000, "roles")) == 10);
    BOOST_TEST(lines_of({""}) == 1);
    auto const text = logged([](core::log const& log) { parameter_warning{}.warn(log, "groups"); });
    BOOST_TEST(text.find("groups") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(each_reason_why_no_rule_applies_is_repeated_ever_more_rarely)
{
    auto const text = logged([](core::log const& log) {
        unclear_warning warning;
        for (int i = 0; i < 1000; ++i) {
            warning.warn(log, unclear::missing);
            warning.warn(log, unclear::backslash);
        }
    });
    BOOST_TEST(std::ranges::count(text, '\n') == 20);
    BOOST_TEST(text.find("X-Original-URL") != std::string::npos);
    BOOST_TEST(text.find("backslash") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
