#include "auth/revocation_index.hpp"

#include <atomic>
#include <functional>

namespace jwtgate::auth {
namespace {

constexpr std::size_t first_capacity = 1024;

// 0 marks an empty slot.
std::uint64_t key_of(std::string_view session) noexcept
{
    static_assert(sizeof(std::size_t) == sizeof(std::uint64_t));
    auto const hash = std::hash<std::string_view>{}(session);
    return hash != 0 ? hash : 1;
}

}  // namespace

/// One open-addressing table, never more than half full. Relaxed order is enough for its slots: a slot only
/// goes from empty to a key while its generation lives, so a reader that comes after an insert finds every
/// slot on the way to it taken; and what clear() empties has nothing in it that is still needed.
class revocation_index::block {
public:
    /// `capacity` is a power of two.
    explicit block(std::size_t capacity) : slots_(capacity) {}

    bool contains(std::uint64_t key) const noexcept
    {
        for (auto i = first_slot(key);; i = slot_after(i)) {
            auto const found = slots_[i].load(std::memory_order_relaxed);
            if (found == key) return true;
            if (found == 0) return false;
        }
    }

    void insert(std::uint64_t key) noexcept
    {
        auto i = first_slot(key);
        while (slots_[i].load(std::memory_order_relaxed) != 0) i = slot_after(i);
        slots_[i].store(key, std::memory_order_relaxed);
        size_.fetch_add(1, std::memory_order_relaxed);
    }

    void clear() noexcept
    {
        for (auto& slot : slots_) slot.store(0, std::memory_order_relaxed);
        size_.store(0, std::memory_order_relaxed);
    }

    std::size_t capacity() const noexcept { return slots_.size(); }

    bool empty() const noexcept { return size_.load(std::memory_order_relaxed) == 0; }

    bool has_room() const noexcept { return size_.load(std::memory_order_relaxed) < capacity() / 2; }

    block const* next() const noexcept { return next_.load(std::memory_order_acquire); }

    void link(block const* next) noexcept { next_.store(next, std::memory_order_release); }

private:
    std::size_t first_slot(std::uint64_t key) const noexcept { return key & (capacity() - 1); }

    std::size_t slot_after(std::size_t i) const noexcept { return (i + 1) & (capacity() - 1); }

    std::vector<std::atomic<std::uint64_t>> slots_;
    std::atomic<std::size_t> size_ = 0;
    std::atomic<block const*> next_ = nullptr;
};

revocation_index::generation::generation()
    : first_{blocks_.emplace_back(std::make_unique<block>(first_capacity)).get()}
{}

revocation_index::generation::~generation() = default;

bool revocation_index::generation::contains(std::uint64_t key) const noexcept
{
    for (auto const* at = first_; at != nullptr && !at->empty(); at = at->next()) {
        if (at->contains(key)) return true;
    }
    return false;
}

void revocation_index::generation::insert(std::uint64_t key)
{
    if (!contains(key)) block_with_room().insert(key);
}

void revocation_index::generation::clear() noexcept
{
    for (auto const& each : blocks_) each->clear();
}

revocation_index::block& revocation_index::generation::block_with_room()
{
    for (auto const& each : blocks_) {
        if (each->has_room()) return *each;
    }
    auto added = std::make_unique<block>(2 * blocks_.back()->capacity());
    auto& last = *blocks_.back();
    auto& first_empty = *blocks_.emplace_back(std::move(added));
    last.link(&first_empty);
    return first_empty;
}

revocation_index::revocation_index(std::chrono::seconds lifetime, time_point now)
    : lifetime_{lifetime}, current_since_{now}
{}

revocation_index::~revocation_index() = default;

void revocation_index::end(std::string_view session, time_point now)
{
    std::lock_guard const lock{writing_};
    if (now - current_since_ >= lifetime_) {
        current_ = 1 - current_;
        generations_[current_].clear();
        current_since_ = now;
    }
    generations_[current_].insert(key_of(session));
}

bool revocation_index::contains(std::string_view session) const noexcept
{
    auto const key = key_of(session);
    return generations_[0].contains(key) || generations_[1].contains(key);
}

}  // namespace jwtgate::auth
