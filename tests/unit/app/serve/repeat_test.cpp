#include "app/serve/repeat.hpp"

#include "support/stderr_capture.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

namespace {

using namespace jwtgate;

/// Throws the first time, and ends the context the third time.
core::task<void> fail_once(boost::asio::io_context& context, int& times)
{
    if (++times == 1) throw std::runtime_error("no memory");
    if (times == 3) context.stop();
    co_return;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(app_serve_repeat)

BOOST_AUTO_TEST_CASE(work_that_throws_is_logged_and_done_again)
{
    test::stderr_capture const err;
    core::log const log{core::log_level::info, core::log_format::text};
    boost::asio::io_context context;
    int times = 0;
    auto const work = [&] { return fail_once(context, times); };
    boost::asio::co_spawn(
        context, app::repeat(context, std::chrono::seconds{0}, work, log), boost::asio::detached
    );
    context.run();
    log.flush();
    BOOST_TEST(times == 3);
    BOOST_TEST(err.text().find("housekeeping_failed reason=\"no memory\"\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
