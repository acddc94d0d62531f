#include "core/worker_pool.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace jwtgate::core {
namespace {

constexpr int low_nice_value = 10;

void lower_own_priority()
{
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), low_nice_value);  // per thread on Linux
}

}  // namespace

worker_pool::worker_pool(std::size_t threads, std::size_t queue_limit, priority level)
    : capacity_{threads + queue_limit}, threads_{threads}
{
    if (level == priority::normal) return;
    std::atomic<std::size_t> ready = 0;
    for (std::size_t i = 0; i < threads; ++i) {
        boost::asio::post(threads_, [&ready, threads] {
            lower_own_priority();
            ++ready;
            ready.notify_all();
            while (ready < threads) ready.wait(ready);  // so that no thread takes two of these jobs
        });
    }
    for (auto now = ready.load(); now < threads; now = ready.load()) ready.wait(now);
}

void worker_pool::join()
{
    load_ = capacity_;
    threads_.join();
}

bool worker_pool::enter() noexcept
{
    if (load_.fetch_add(1, std::memory_order_relaxed) < capacity_) return true;
    leave();
    return false;
}

}  // namespace jwtgate::core
