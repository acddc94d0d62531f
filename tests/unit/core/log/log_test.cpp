#include "core/log/log.hpp"

#include "support/stderr_capture.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using namespace jwtgate;
using core::log_format;
using core::log_level;

}  // namespace

BOOST_AUTO_TEST_SUITE(core_log_log)

BOOST_AUTO_TEST_CASE(a_line_has_its_time_in_utc_its_level_and_its_fields)
{
    test::stderr_capture const err;
    core::log const log{log_level::debug, log_format::text};
    log.warn("login", {{"user", "ann"}, {"outcome", "ok"}});
    log.flush();
    std::regex const form{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warning login user=ann outcome=ok\n)"};
    BOOST_TEST_CONTEXT(err.text()) BOOST_TEST(std::regex_match(err.text(), form));
}

BOOST_AUTO_TEST_CASE(what_is_below_the_level_is_not_written)
{
    struct row {
        log_level level;
        int lines;
    };

    for (auto const& [level, lines] :
         {row{log_level::debug, 4},
          row{log_level::info, 3},
          row{log_level::warn, 2},
          row{log_level::error, 1},
          row{log_level::off, 0}}) {
        test::stderr_capture const err;
        core::log const log{level, log_format::text};
        log.debug("d");
        log.info("i");
        log.warn("w");
        log.error("e");
        log.flush();
        BOOST_TEST(std::ranges::count(err.text(), '\n') == lines);
        auto const levels = {log_level::debug, log_level::info, log_level::warn, log_level::error};
        BOOST_TEST(std::ranges::count_if(levels, [&](auto each) { return log.is_on(each); }) == lines);
        BOOST_TEST(log.dropped() == 0U);
    }
}

BOOST_AUTO_TEST_CASE(lines_of_several_threads_do_not_mix)
{
    test::stderr_capture const err;
    core::log const log{log_level::info, log_format::text};
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&log] {
            for (int n = 0; n < 100; ++n) log.info("event", {{"user", "ann"}});
        });
    }
    for (auto& thread : threads) thread.join();
    log.flush();
    std::regex const form{R"(\S+Z info event user=ann)"};
    std::istringstream lines{err.text()};
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) BOOST_TEST(std::regex_match(line, form), line);
    BOOST_TEST(count == 400);
}

BOOST_AUTO_TEST_CASE(a_full_disk_stops_nothing)
{
    int const shown = dup(STDERR_FILENO);
    int const full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    BOOST_TEST_REQUIRE(full >= 0);
    dup2(full, STDERR_FILENO);
    core::log{log_level::info, log_format::text}.info("lost");
    dup2(shown, STDERR_FILENO);
    close(full);
    close(shown);
    test::stderr_capture const err;
    core::log{log_level::info, log_format::text}.info("kept");
    BOOST_TEST(err.text().ends_with("Z info kept\n"));
}

BOOST_AUTO_TEST_SUITE_END()
