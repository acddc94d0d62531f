#pragma once

#include <atomic>
#include <cstdint>

namespace jwtgate::core {

/// A number that one thread raises and any other may read. Raising it takes no lock and no locked
/// instruction.
class counter {
public:
    void add(std::uint64_t more) noexcept
    {
        value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }

    std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

}  // namespace jwtgate::core
