#pragma once

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <functional>
#include <latch>
#include <thread>
#include <vector>

namespace jwtgate::auth::test {

/// Lets each of them read again and again in a thread of its own while this thread writes. A reader returns
/// how much it has missed: nothing may be missed, and each has to have read beside the writer.
inline void beside_readers(
    std::vector<std::function<int()>> const& readers, std::function<void()> const& write
)
{
    std::latch all_read{static_cast<std::ptrdiff_t>(readers.size())};
    std::atomic<bool> ended = false;
    std::atomic<int> missed = 0;
    std::vector<std::jthread> threads;
    for (auto const& reader : readers) {
        threads.emplace_back([&, read = reader] {
            missed += read();
            all_read.count_down();
            while (!ended) missed += read();
        });
    }
    all_read.wait();
    write();
    ended = true;
    threads.clear();
    BOOST_TEST(missed == 0);
}

}  // namespace jwtgate::auth::test
