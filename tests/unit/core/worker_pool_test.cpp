#include "core/worker_pool.hpp"

#include "support/run_task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <latch>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace jwtgate;
using core::task;
using core::worker_pool;
using test::run_task;

using job = std::function<int()>;

core::error_code const full = make_error_code(boost::system::errc::resource_unavailable_try_again);

/// Keeps what a job came to.
task<void> offload(worker_pool& pool, job what, std::vector<core::result<int>>& outcomes)
{
    auto const done = co_await pool.offload(std::move(what));
    outcomes.push_back(done);
}

task<std::vector<std::thread::id>> threads_of(worker_pool& pool)
{
    auto const here = std::this_thread::get_id();
    auto const there = co_await pool.offload([] { return std::this_thread::get_id(); });
    co_return std::vector{here, there.value(), std::this_thread::get_id()};
}

/// The nice value of every thread of a pool of three.
std::set<int> nice_values(worker_pool::priority level)
{
    constexpr int threads = 3;
    worker_pool pool{threads, 0, level};
    std::latch all_run{threads};
    boost::asio::io_context context;
    std::vector<core::result<int>> outcomes;
    auto const look = [&all_run] {
        all_run.arrive_and_wait();
        return getpriority(PRIO_PROCESS, 0);  // the calling thread's, on Linux
    };
    for (int i = 0; i < threads; ++i) {
        boost::asio::co_spawn(context, offload(pool, look, outcomes), boost::asio::detached);
    }
    context.run();
    pool.join();
    std::set<int> values;
    for (auto const& outcome : outcomes) values.insert(outcome.value());
    return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(core_worker_pool)

BOOST_AUTO_TEST_CASE(a_job_runs_elsewhere_and_its_caller_goes_on_where_it_was)
{
    worker_pool pool{2, 0};
    auto const threads = run_task(threads_of(pool));
    BOOST_TEST((threads[0] == std::this_thread::get_id()));
    BOOST_TEST((threads[1] != threads[0]));
    BOOST_TEST((threads[2] == threads[0]));
    pool.join();
}

BOOST_AUTO_TEST_CASE(the_value_of_a_job_comes_back)
{
    worker_pool pool{1, 0};
    for (int i = 0; i < 10; ++i)
        BOOST_TEST(run_task(pool.offload([i] { return std::to_string(i); })).value() == std::to_string(i));
    pool.join();
}

BOOST_AUTO_TEST_CASE(an_exception_of_a_job_is_thrown_where_it_is_awaited)
{
    worker_pool pool{1, 0};
    auto const fail = []() -> int { throw std::runtime_error("job"); };
    BOOST_CHECK_EXCEPTION(run_task(pool.offload(fail)), std::runtime_error, [](auto const& e) {
        return std::string(e.what()) == "job";
    });
    BOOST_TEST(run_task(pool.offload([] { return 1; })).value() == 1);
    pool.join();
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused_at_once_and_not_run)
{
    constexpr std::size_t fits = 2 + 3;
    worker_pool pool{2, 3};
    std::latch release{1};
    std::atomic<int> runs = 0;
    boost::asio::io_context context;
    std::vector<core::result<int>> outcomes;
    auto const wait = [&] {
        release.wait();
        return ++runs;
    };
    for (std::size_t i = 0; i < fits + 2; ++i) {
        boost::asio::co_spawn(context, offload(pool, wait, outcomes), boost::asio::detached);
    }
    context.poll();
    BOOST_TEST_REQUIRE(outcomes.size() == 2U);
    BOOST_TEST(outcomes[0].error() == full);
    BOOST_TEST(outcomes[1].error() == full);
    BOOST_TEST(pool.waiting() == 3U);
    release.count_down();
    context.run();
    BOOST_TEST(pool.waiting() == 0U);
    BOOST_TEST(outcomes.size() == fits + 2);
    BOOST_TEST(runs == 5);
    BOOST_TEST(run_task(pool.offload([] { return 1; })).value() == 1);
    pool.join();
}

BOOST_AUTO_TEST_CASE(join_waits_for_what_is_queued)
{
    worker_pool pool{1, 9};
    std::atomic<int> runs = 0;
    boost::asio::io_context context;
    std::vector<core::result<int>> outcomes;
    auto const count = [&] { return ++runs; };
    for (int i = 0; i < 10; ++i) {
        boost::asio::co_spawn(context, offload(pool, count, outcomes), boost::asio::detached);
    }
    context.poll();
    pool.join();
    BOOST_TEST(runs == 10);
    context.run();
    BOOST_TEST(outcomes.size() == 10U);
}

BOOST_AUTO_TEST_CASE(a_pool_of_low_priority_may_go_at_once)
{
    int gone = 0;  // a thread left waiting would keep its pool for ever
    for (; gone < 200; ++gone) worker_pool const pool{2, 0, worker_pool::priority::low};
    BOOST_TEST(gone == 200);
}

BOOST_AUTO_TEST_CASE(nothing_is_taken_after_join)
{
    for (int round = 0; round < 20; ++round) {
        worker_pool pool{1, 1};
        std::latch started{1};
        std::latch release{1};
        boost::asio::io_context context;
        std::vector<core::result<int>> outcomes;
        auto const wait = [&] {
            started.count_down();
            release.wait();
            return 1;
        };
        boost::asio::co_spawn(context, offload(pool, wait, outcomes), boost::asio::detached);
        context.poll();
        started.wait();
        std::thread releaser{[&] { release.count_down(); }};  // most often when join waits already
        pool.join();
        releaser.join();
        boost::asio::co_spawn(
            context,
            offload(
                pool, [] { return 2; }, outcomes
            ),
            boost::asio::detached
        );
        context.poll();
        BOOST_TEST_REQUIRE(outcomes.size() == 2U);
        BOOST_TEST((outcomes[0].has_error() ? outcomes[0] : outcomes[1]).error() == full);
    }
}

BOOST_AUTO_TEST_CASE(every_thread_of_a_low_pool_steps_back)
{
    int const own = getpriority(PRIO_PROCESS, 0);
    BOOST_TEST((nice_values(worker_pool::priority::normal) == std::set{own}));
    BOOST_TEST((nice_values(worker_pool::priority::low) == std::set{std::max(own, 10)}));
    BOOST_TEST(getpriority(PRIO_PROCESS, 0) == own);
}

BOOST_AUTO_TEST_CASE(low_pools_come_and_go)
{
    for (int i = 0; i < 500; ++i) {
        worker_pool pool{1, 0, worker_pool::priority::low};
        BOOST_TEST(run_task(pool.offload([i] { return i; })).value() == i);
        pool.join();
    }
}

BOOST_AUTO_TEST_SUITE_END()
