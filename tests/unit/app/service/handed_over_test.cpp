#include "app/service/handed_over.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace {

using namespace jwtgate;
using namespace jwtgate::app;
using std::chrono::microseconds;
using sockets = std::vector<int>;

constexpr pid_t self = 17;

std::string refusal_of(config::environment const& variables)
{
    try {
        handed_to(self, variables);
    } catch (std::runtime_error const& wrong) {
        return wrong.what();
    }
    return "accepted";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(app_service_handed_over)

BOOST_AUTO_TEST_CASE(nothing_without_variables)
{
    auto const handed = handed_to(self, {});

    BOOST_TEST(handed.sockets.empty());
    BOOST_TEST(handed.notify_socket == "");
    BOOST_TEST(!handed.watchdog.has_value());
}

BOOST_AUTO_TEST_CASE(sockets_are_counted_from_descriptor_three_on)
{
    auto const of = [](std::string const& count) {
        return handed_to(self, {{"LISTEN_PID", "17"}, {"LISTEN_FDS", count}}).sockets;
    };

    BOOST_TEST(of("0") == sockets{});
    BOOST_TEST(of("1") == sockets{3});
    BOOST_TEST(of("3") == (sockets{3, 4, 5}));
}

BOOST_AUTO_TEST_CASE(sockets_for_another_process_are_left_alone)
{
    for (std::string const process : {"", "16", "117", "-17", "17 ", "x"}) {
        BOOST_TEST(handed_to(self, {{"LISTEN_PID", process}, {"LISTEN_FDS", "1"}}).sockets.empty());
        BOOST_TEST(handed_to(self, {{"LISTEN_PID", process}, {"LISTEN_FDS", "x"}}).sockets.empty());
    }
    BOOST_TEST(handed_to(self, {{"LISTEN_FDS", "1"}}).sockets.empty());
}

BOOST_AUTO_TEST_CASE(a_count_that_is_none_is_refused)
{
    for (std::string const count : {"", "-1", "1001", "99999999999999999999", "1 ", "one"}) {
        BOOST_TEST(
            refusal_of({{"LISTEN_PID", "17"}, {"LISTEN_FDS", count}}) ==
            "LISTEN_FDS: \"" + count + "\" is no number of sockets"
        );
    }
    BOOST_TEST(refusal_of({{"LISTEN_PID", "17"}}) == "LISTEN_FDS: \"\" is no number of sockets");
}

BOOST_AUTO_TEST_CASE(the_watchdog_is_for_this_process_or_for_whom_it_may_concern)
{
    BOOST_CHECK(handed_to(self, {{"WATCHDOG_USEC", "30000000"}}).watchdog == microseconds{30'000'000});
    BOOST_CHECK(
        handed_to(self, {{"WATCHDOG_USEC", "1"}, {"WATCHDOG_PID", "17"}}).watchdog == microseconds{1}
    );
    BOOST_TEST(!handed_to(self, {{"WATCHDOG_USEC", "1"}, {"WATCHDOG_PID", "16"}}).watchdog.has_value());
}

BOOST_AUTO_TEST_CASE(a_time_that_is_none_is_no_watchdog)
{
    for (std::string const time : {"", "0", "-1", "1s", "99999999999999999999", "18446744073709551615"})
        BOOST_TEST(!handed_to(self, {{"WATCHDOG_USEC", time}}).watchdog.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_taken_is_left_to_no_child)
{
    auto const process = std::to_string(::getpid());
    config::environment const given{
        {"LISTEN_PID", process},
        {"LISTEN_FDS", "2"},
        {"LISTEN_FDNAMES", "a:b"},
        {"NOTIFY_SOCKET", "@manager"},
        {"WATCHDOG_USEC", "5"},
        {"WATCHDOG_PID", process}};
    for (auto const& [name, value] : given)
        ::setenv(name.c_str(), value.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): one thread

    auto const handed = take_handed_over();

    BOOST_TEST(handed.sockets == (sockets{3, 4}));
    BOOST_TEST(handed.notify_socket == "@manager");
    BOOST_CHECK(handed.watchdog == microseconds{5});
    auto const left = config::process_environment();
    for (auto const& [name, value] : given) BOOST_TEST(!left.contains(name));
}

BOOST_AUTO_TEST_SUITE_END()
