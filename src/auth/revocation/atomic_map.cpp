#include "auth/revocation/atomic_map.hpp"

#include <span>
#include <utility>

namespace jwtgate::auth {
namespace {

constexpr std::size_t first_capacity = 1024;  // a power of two, as its multiples by growth are
constexpr std::size_t growth = 4;             // all the tables outgrown take a third of the last one

}  // namespace

/// Open addressing with linear probing, at most three quarters full. A slot goes from empty to a key once,
/// value first, so a reader that comes after an insert finds every slot on the way to it taken.
class atomic_map::table {
public:
    struct slot {
        std::atomic<std::uint64_t> key = 0;  // 0: empty
        std::atomic<std::int64_t> value = 0;
    };

    explicit table(std::size_t capacity) : memory_(capacity), slots_{memory_} {}

    /// That of the key, or the empty one where it would be.
    slot& find(std::uint64_t key) const noexcept
    {
        for (auto i = key;; ++i) {
            auto& at = slots_[i & (slots_.size() - 1)];
            auto const found = at.key.load(std::memory_order_acquire);
            if (found == key || found == 0) return at;
        }
    }

    void put(std::uint64_t key, std::int64_t value) noexcept
    {
        auto& at = find(key);
        at.value.store(value, std::memory_order_relaxed);
        if (at.key.load(std::memory_order_relaxed) == 0) ++size_;
        at.key.store(key, std::memory_order_release);
    }

    void put_all_of(table const& other) noexcept
    {
        for (auto const& each : other.slots_) {
            if (auto const key = each.key.load(std::memory_order_relaxed); key != 0)
                put(key, each.value.load(std::memory_order_relaxed));
        }
    }

    std::size_t capacity() const noexcept { return slots_.size(); }

    bool has_room() const noexcept { return size_ < capacity() / 4 * 3; }

private:
    std::vector<slot> memory_;
    std::span<slot> slots_;
    std::size_t size_ = 0;
};

atomic_map::atomic_map() : current_{tables_.emplace_back(std::make_unique<table>(first_capacity)).get()} {}

atomic_map::~atomic_map() = default;

std::optional<std::int64_t> atomic_map::find(std::uint64_t key) const noexcept
{
    auto const& at = current_.load(std::memory_order_acquire)->find(key);
    if (at.key.load(std::memory_order_acquire) != key) return std::nullopt;
    return at.value.load(std::memory_order_relaxed);
}

void atomic_map::put(std::uint64_t key, std::int64_t value)
{
    if (!tables_.back()->has_room()) {
        auto larger = std::make_unique<table>(growth * tables_.back()->capacity());
        larger->put_all_of(*tables_.back());
        tables_.push_back(std::move(larger));
        current_.store(tables_.back().get(), std::memory_order_release);
    }
    tables_.back()->put(key, value);
    is_empty_.store(false, std::memory_order_release);
}

}  // namespace jwtgate::auth
