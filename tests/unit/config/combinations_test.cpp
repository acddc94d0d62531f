#include "config/combinations.hpp"

#include "config/load.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace jwtgate::config {
namespace {

using namespace std::chrono_literals;

std::string refusal_of(given_options const& given)
{
    try {
        load(given, {});
    } catch (error const& wrong) {
        return wrong.what();
    }
    return "accepted";
}

std::vector<std::string> doubts(given_options const& given)
{
    return doubts_about(load(given, {}).values);
}

std::chrono::seconds window(std::string const& access_ttl)
{
    return load({{"access-ttl", {access_ttl}}}, {}).values.auth.refresh_window;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_combinations)

BOOST_AUTO_TEST_CASE(what_does_not_go_together_is_refused)
{
    struct row {
        given_options given;
        std::string line;
    };

    std::string const samesite =
        "cookie-samesite (command line): None needs cookie-secure true, since browsers drop such a cookie "
        "otherwise";
    for (auto const& [given, line] : {
             row{{{"access-ttl", {"60d"}}}, "access-ttl (command line): 60d is longer than refresh-ttl, 30d"},
             row{{{"access-ttl", {"2h"}}, {"refresh-ttl", {"1h"}}},
                 "access-ttl (command line): 2h is longer than refresh-ttl, 1h"},
             row{{{"refresh-ttl", {"59m"}}},
                 "refresh-ttl (command line): 59m is shorter than access-ttl, 1h"},
             row{{{"access-ttl", {"30d"}}}, "accepted"},
             row{{{"refresh-ttl", {"60m"}}}, "accepted"},
             row{{{"refresh-window", {"2h"}}},
                 "refresh-window (command line): 2h is not below access-ttl, 1h"},
             row{{{"refresh-window", {"60m"}}},
                 "refresh-window (command line): 60m is not below access-ttl, 1h"},
             row{{{"refresh-window", {"3599s"}}}, "accepted"},
             row{{{"refresh-window", {"30m"}}, {"access-ttl", {"5m"}}},
                 "refresh-window (command line): 30m is not below access-ttl, 5m"},
             row{{{"refresh-window", {"0"}}, {"access-ttl", {"1s"}}}, "accepted"},
             row{{{"cookie-samesite", {"None"}}, {"cookie-secure", {"false"}}}, samesite},
             row{{{"cookie-samesite", {"None"}}}, "accepted"},
             row{{{"cookie-samesite", {"Strict"}}, {"cookie-secure", {"false"}}}, "accepted"},
         }) {
        BOOST_TEST(refusal_of(given) == line);
    }
}

BOOST_AUTO_TEST_CASE(a_refresh_window_that_is_not_given_is_at_most_half_of_an_access_tokens_life)
{
    BOOST_TEST((window("2h") == 30min));
    BOOST_TEST((window("1h") == 30min));
    BOOST_TEST((window("59m") == 29min + 30s));
    BOOST_TEST((window("5m") == 2min + 30s));
    BOOST_TEST((window("3s") == 1s));
    BOOST_TEST((window("1s") == 0s));
    auto const loaded = load({{"access-ttl", {"5m"}}}, {});
    BOOST_TEST(show(loaded).find("refresh-window = \"150s\"  # default") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_seldom_meant_is_told)
{
    struct row {
        given_options given;
        std::string named;
    };

    for (auto const& [given, named] : {
             row{{{"cookie-secure", {"false"}}}, "cookie-secure"},
             row{{{"listen", {"0.0.0.0:8080"}}}, "0.0.0.0:8080"},
             row{{{"listen", {"[::]:80"}}}, "[::]:80"},
             row{{{"listen", {"127.0.0.1:1", "192.0.2.1:80"}}}, "192.0.2.1:80"},
             row{{{"listen", {"unix:/run/a.sock"}}, {"listen-mode", {"0666"}}}, "listen-mode"},
             row{{{"idle-timeout", {"60s"}}}, "idle-timeout"},
             row{{{"max-target", {"512KiB"}}}, "max-target"},
             row{{{"login-failures", {"0"}}}, "login-failures is 0"},
             row{{{"login-failures", {"101"}}}, "login-failures-address"},
             row{{{"rule", {"a/x user", "a/* public"}}}, "rule \"a/* public\" lets everybody in"},
             row{{{"rule", {"a/x user"}}, {"trusted-proxy", {"none"}}}, "trusted-proxy is none"},
         }) {
        auto const told = doubts(given);
        BOOST_TEST_REQUIRE(told.size() == 1U, named);
        BOOST_TEST(told.front().find(named) != std::string::npos, told.front());
    }
    for (given_options const& given : {
             given_options{},
             given_options{{"listen", {"127.0.0.2:1", "[::1]:2", "unix:/run/a.sock"}}},
             given_options{{"listen-mode", {"0666"}}},
             given_options{{"idle-timeout", {"61s"}}},
             given_options{{"login-failures-address", {"0"}}},
             given_options{{"login-failures", {"100"}}},
             given_options{{"rule", {"a/x/* public", "GET a/* public", "a/* user"}}},
         }) {
        BOOST_TEST(doubts(given).empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::config
