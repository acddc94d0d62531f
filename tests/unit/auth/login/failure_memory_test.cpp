#include "auth/login/failure_memory.hpp"

#include "auth/error.hpp"
#include "auth/login/login_guard.hpp"
#include "support/fake_domain.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>

namespace {

using namespace std::chrono_literals;
using namespace jwtgate;
using namespace jwtgate::auth;
using test::run_task;

struct fixture {
    test::fake_domain domain;
    failure_memory under_test{domain.shared()};

    void fail(int times)
    {
        for (int i = 0; i < times; ++i) {
            auto const now = domain.time.clock().steady();
            auto const admitted = domain.guard.admit({"ann", "192.0.2.1", ""}, now);
            BOOST_REQUIRE(admitted.wait == 0s);
            domain.guard.settle(admitted, attempt_end::failed, now);
        }
    }

    /// Of a guard that is started on what the store remembers, with the steady clock of another boot.
    std::chrono::seconds wait_after_restart()
    {
        login_guard next{domain.settings.login, 1024};
        login_guard::time_point const now{7s};
        auto const remembered = run_task(domain.store.remembered_failures(1024)).value();
        next.restore(remembered, now);
        return next.admit({"ann", "192.0.2.1", ""}, now).wait;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_login_failure_memory, fixture)

BOOST_AUTO_TEST_CASE(failures_outlive_a_restart)
{
    BOOST_TEST(run_task(under_test.start()).has_value());
    fail(10);
    run_task(under_test.run());
    BOOST_TEST((wait_after_restart() == 90s));
}

BOOST_AUTO_TEST_CASE(time_stands_still_while_no_server_runs)
{
    fail(10);
    domain.time.advance(30s);
    run_task(under_test.stop());
    domain.time.advance(24h);
    BOOST_TEST((wait_after_restart() == 60s));
}

// Whatever the wall clock says meanwhile, ahead or back.
BOOST_AUTO_TEST_CASE(no_setting_of_the_clock_frees_or_holds_anybody)
{
    fail(10);
    for (auto const by : {-10 * 365 * 24h, 10 * 365 * 24h}) {
        domain.time.set(domain.time.now() + by);
        BOOST_TEST((domain.guard.admit({"ann", "192.0.2.1", ""}, domain.time.clock().steady()).wait == 90s));
        run_task(under_test.run());
        BOOST_TEST((wait_after_restart() == 90s));
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_written_where_nothing_has_changed)
{
    BOOST_TEST(run_task(under_test.start()).has_value());
    auto const calls = domain.store.calls;
    for (int i = 0; i < 10; ++i) run_task(under_test.run());
    BOOST_TEST(domain.store.calls == calls);
    fail(10);
    for (int i = 0; i < 10; ++i) run_task(under_test.run());
    BOOST_TEST(domain.store.calls == calls + 1);
}

BOOST_AUTO_TEST_CASE(what_the_store_could_not_take_is_written_when_it_can)
{
    fail(10);
    domain.store.away = true;
    run_task(under_test.run());
    domain.store.away = false;
    BOOST_TEST((wait_after_restart() == 0s));
    run_task(under_test.run());
    BOOST_TEST((wait_after_restart() == 90s));
}

BOOST_AUTO_TEST_CASE(what_is_gone_leaves_the_store)
{
    fail(1);
    run_task(under_test.run());
    BOOST_TEST(domain.store.failures.counts.size() == 3U);
    domain.time.advance(90s);
    run_task(under_test.run());
    BOOST_TEST(domain.store.failures.counts.empty());
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_fails_the_start)
{
    domain.store.away = true;
    BOOST_TEST((run_task(under_test.start()).error() == errc::busy));
}

BOOST_AUTO_TEST_SUITE_END()
