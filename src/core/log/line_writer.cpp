#include "core/log/line_writer.hpp"

#include "core/write.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <pthread.h>
#include <utility>

namespace jwtgate::core {
namespace {

// What a line takes beside its bytes.
constexpr std::size_t overhead = 64;

std::size_t cost(std::string const& line) noexcept
{
    return line.size() + overhead;
}

}  // namespace

// Shared with the thread, which may outlive the writer.
struct line_writer::queue {
    int const descriptor;
    std::size_t const capacity;
    dropped_line const words;

    std::mutex mutex{};
    std::condition_variable filled{};
    std::condition_variable emptied{};
    std::deque<std::string> lines{};  // the first one is being written
    std::size_t size = 0;             // of the lines
    std::size_t dropped = 0;          // since that was last told
    std::uint64_t dropped_in_all = 0;
    bool ended = false;

    void push(std::string line);
    void run();
    void write_first(std::unique_lock<std::mutex>& lock);
    void tell_dropped() noexcept;
};

// A gap goes on until half of the queue is free, so that it costs one line and not one a line.
void line_writer::queue::push(std::string line)
{
    if (dropped > 0 || size + cost(line) > capacity) {
        ++dropped;
        ++dropped_in_all;
        return;
    }
    auto const grown = size + cost(line);
    lines.push_back(std::move(line));
    size = grown;
    filled.notify_one();
}

void line_writer::queue::run()
{
    std::unique_lock lock{mutex};
    for (;;) {
        filled.wait(lock, [this] { return ended || !lines.empty(); });
        if (lines.empty()) return;
        write_first(lock);
        tell_dropped();
        if (lines.empty()) emptied.notify_all();
    }
}

// A deque that grows at its end leaves the first line where it is.
void line_writer::queue::write_first(std::unique_lock<std::mutex>& lock)
{
    auto const& line = lines.front();
    lock.unlock();
    write_all(descriptor, line);
    lock.lock();
    size -= cost(line);
    lines.pop_front();
}

void line_writer::queue::tell_dropped() noexcept
try {
    if (dropped == 0 || size > capacity / 2) return;
    auto line = words(dropped);
    dropped = 0;
    push(std::move(line));

} catch (...) {  // out of memory: the next line that is written tries again
}

line_writer::line_writer(int descriptor, std::size_t capacity, dropped_line words)
    : queue_{new queue{.descriptor = descriptor, .capacity = capacity, .words = std::move(words)}}
{
    run_detached([shared = queue_] {
        pthread_setname_np(pthread_self(), "log");
        shared->run();
    });
}

line_writer::~line_writer()
{
    flush();
    std::lock_guard const lock{queue_->mutex};
    queue_->ended = true;
    queue_->filled.notify_one();
}

void line_writer::push(std::string line) noexcept
try {
    std::lock_guard const lock{queue_->mutex};
    queue_->push(std::move(line));

} catch (...) {  // out of memory: the request matters more than its line
}

std::uint64_t line_writer::dropped() const noexcept
{
    std::lock_guard const lock{queue_->mutex};
    return queue_->dropped_in_all;
}

void line_writer::flush() noexcept
{
    std::unique_lock lock{queue_->mutex};
    queue_->emptied.wait_for(lock, write_patience, [this] { return queue_->lines.empty(); });
}

}  // namespace jwtgate::core
