#pragma once

#include "core/result.hpp"
#include "core/task.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <cstddef>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace jwtgate::core {

/// A fixed number of threads for work that blocks, with a bounded queue: what does not fit is refused at
/// once.
class worker_pool {
public:
    /// How a pool's threads stand to the I/O workers.
    enum class priority { normal, low };

    /// `queue_limit` counts the jobs that wait beside the `threads` that run.
    worker_pool(std::size_t threads, std::size_t queue_limit, priority level = priority::normal);

    /// Waits for what is queued. After it, offload refuses.
    void join();

    /// From any thread: how many jobs wait for one of the threads.
    std::size_t waiting() const noexcept;

    /// Runs `job()` on a thread of the pool and resumes the caller on its own executor. The error is
    /// `resource_unavailable_try_again` when the queue is full; the job is then not run. An exception of the
    /// job is thrown where it is awaited.
    template <class Job>
    task<result<std::invoke_result_t<Job&>>> offload(Job job);

private:
    bool enter() noexcept;

    void leave() noexcept { load_.fetch_sub(1, std::memory_order_relaxed); }

    std::size_t const width_;
    std::size_t const capacity_;
    std::atomic<std::size_t> load_ = 0;
    boost::asio::thread_pool threads_;
};

template <class Job>
task<result<std::invoke_result_t<Job&>>> worker_pool::offload(Job job)
{
    using value = std::invoke_result_t<Job&>;
    if (!enter()) co_return make_error_code(boost::system::errc::resource_unavailable_try_again);
    std::optional<value> out;
    std::exception_ptr failure;
    auto start = [this, &job, &out, &failure](auto handler) {
        auto caller = boost::asio::make_work_guard(boost::asio::get_associated_executor(handler));
        auto run =
            [this, &job, &out, &failure, caller = std::move(caller), handler = std::move(handler)]() mutable {
                try {
                    out.emplace(job());
                } catch (...) {
                    failure = std::current_exception();
                }
                leave();
                boost::asio::dispatch(caller.get_executor(), std::move(handler));
            };
        boost::asio::post(threads_, std::move(run));
    };
    co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void()>(
        start, boost::asio::use_awaitable
    );
    if (failure) std::rethrow_exception(failure);
    co_return std::move(*out);
}

}  // namespace jwtgate::core
