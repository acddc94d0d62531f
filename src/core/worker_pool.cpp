#include "core/worker_pool.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <latch>
#include <memory>

namespace jwtgate::core {
namespace {

constexpr int low_nice_value = 10;

void lower_own_priority()
{
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), low_nice_value);  // per thread on Linux
}

}  // namespace

worker_pool::worker_pool(std::size_t threads, std::size_t queue_limit, priority level)
    : width_{threads}, capacity_{threads + queue_limit}, threads_{threads}
{
    if (level == priority::normal) return;
    auto const all_lowered = std::make_shared<std::latch>(static_cast<std::ptrdiff_t>(threads) + 1);
    for (std::size_t i = 0; i < threads; ++i) {
        boost::asio::post(threads_, [all_lowered] {
            lower_own_priority();
            all_lowered->arrive_and_wait();  // so that no thread takes two of these jobs
        });
    }
    all_lowered->arrive_and_wait();  // a pool that went before would leave one of them waiting
}

void worker_pool::join()
{
    load_ += capacity_;  // jobs that are inside still leave
    threads_.join();
}

// What is refused is counted for a moment too.
std::size_t worker_pool::waiting() const noexcept
{
    auto const inside = std::min(load_.load(std::memory_order_relaxed), capacity_);
    return inside - std::min(inside, width_);
}

bool worker_pool::enter() noexcept
{
    if (load_.fetch_add(1, std::memory_order_relaxed) < capacity_) return true;
    leave();
    return false;
}

}  // namespace jwtgate::core
