#include "store/outage.hpp"

#include "unit/store/fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace jwtgate;
using namespace jwtgate::store::test;

BOOST_AUTO_TEST_SUITE(store_outage)

BOOST_AUTO_TEST_CASE(says_once_that_it_began_and_once_that_it_ended)
{
    core::log const log(core::log_level::info, core::log_format::text);
    auto const said = captured_stderr([&log] {
        store::outage outage(log);
        outage.worked();
        for (int i = 0; i < 3; ++i) outage.failed("database or disk is full");
        for (int i = 0; i < 3; ++i) outage.worked();
        outage.failed("disk I/O error");
        log.flush();
    });
    auto const lines = lines_of(said);
    BOOST_REQUIRE(lines.size() == 3U);
    BOOST_TEST(lines[0].ends_with("error database_away reason=\"database or disk is full\""));
    BOOST_TEST(lines[1].ends_with("info database_back"));
    BOOST_TEST(lines[2].ends_with("error database_away reason=\"disk I/O error\""));
}

BOOST_AUTO_TEST_CASE(knows_why_until_it_has_worked)
{
    store::outage outage(silent());
    outage.failed("disk I/O error");
    BOOST_TEST(outage.reason() == "disk I/O error");
    outage.met(std::runtime_error("it cannot be read"));
    BOOST_TEST(outage.reason() == "it cannot be read");
    outage.worked();
    BOOST_TEST(outage.reason() == "");
}

BOOST_AUTO_TEST_SUITE_END()
