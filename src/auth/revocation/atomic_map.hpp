#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace jwtgate::auth {

/// Numbers by 64-bit keys, in one flat table. Any thread reads at any time without a lock and never waits;
/// of those that write the caller lets in one at a time.
class atomic_map {
public:
    atomic_map();
    atomic_map(atomic_map const&) = delete;
    atomic_map& operator=(atomic_map const&) = delete;
    ~atomic_map();

    std::optional<std::int64_t> find(std::uint64_t key) const noexcept;

    /// Adds it, or replaces its value. `key` is not 0. From the return on every thread finds it.
    void put(std::uint64_t key, std::int64_t value);

    /// Whether nothing has been put in yet.
    bool is_empty() const noexcept { return is_empty_.load(std::memory_order_acquire); }

private:
    class table;

    std::vector<std::unique_ptr<table>> tables_;  // the last is in use; a reader may still be in the others
    std::atomic<table*> current_;
    std::atomic<bool> is_empty_ = true;
};

}  // namespace jwtgate::auth
