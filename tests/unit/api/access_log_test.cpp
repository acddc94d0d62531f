#include "api/access_log.hpp"

#include "support/request.hpp"
#include "support/stderr_capture.hpp"
#include "unit/api/served_site.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>

namespace jwtgate::api {
namespace {

using namespace std::chrono_literals;

/// What is logged behind the time, without the line's end.
std::string logged(std::function<void(core::log const&)> const& act)
{
    test::stderr_capture const err;
    {
        core::log const log{core::log_level::debug, core::log_format::text};
        act(log);
    }
    auto const line = err.text();
    auto const begin = line.find(' ') + 1;
    return line.substr(begin, line.size() - begin - 1);
}

std::string logged_path(std::string_view path)
{
    auto const line = logged([&](core::log const& log) {
        log_access(log, {test::request("GET", path), "192.0.2.1", "/", 200, 1us});
    });
    auto const begin = line.find(" path=") + 6;
    return line.substr(begin, line.find(" route=") - begin);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_access_log)

BOOST_AUTO_TEST_CASE(a_line_says_who_asked_for_what_and_what_became_of_it)
{
    auto const line = logged([](core::log const& log) {
        test::request asked("POST", "/login", {{"Cookie", "access_token_cookie=secret"}});
        asked.query = "token=secret";
        asked.body = "secret";
        log_access(log, {asked, "192.0.2.7", "/login", 401, 1'234'567ns});
    });
    BOOST_TEST(
        line ==
        "debug request method=POST path=/login route=/login status=401 duration_us=1234 address=192.0.2.7"
    );
    auto const refused = logged([](core::log const& log) { log_refused(log, "192.0.2.1", "refused", 400); });
    BOOST_TEST(refused == "debug request route=refused status=400 address=192.0.2.1");
}

BOOST_AUTO_TEST_CASE(of_a_path_only_the_first_segment_is_written)
{
    BOOST_TEST(logged_path("/") == "/");
    BOOST_TEST(logged_path("/me") == "/me");
    BOOST_TEST(logged_path("/me/") == "/me/...");
    BOOST_TEST(logged_path("/auth/reset/secret") == "/auth/...");
    BOOST_TEST(logged_path("//secret") == "//...");
    BOOST_TEST(logged_path("/a\"b c\n") == R"("/a\"b c\n")");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace jwtgate::api
