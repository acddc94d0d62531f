#pragma once

#include <jwtgate/jwt/key_set.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace jwtgate::jwt {

/// The key set in force, which may be replaced at any time and from any thread. Verifiers and signers made
/// from a ring follow it: a call that begins after replace has returned uses the new set. They take no lock;
/// while nothing changes, following costs one atomic load. What they hold of a replaced set goes with their
/// next call.
class key_ring {
    struct link {
        explicit link(std::shared_ptr<key_set const> set) noexcept : keys{std::move(set)} {}

        std::shared_ptr<key_set const> keys;
        std::shared_ptr<link> next;  // written once, before is_replaced
        std::atomic<bool> is_replaced = false;
    };

public:
    /// Implicit, so that a set which never changes can stand where a ring is asked for. It is not null.
    key_ring(std::shared_ptr<key_set const> keys);  // NOLINT(google-explicit-constructor)
    key_ring(key_ring const&) = delete;
    key_ring& operator=(key_ring const&) = delete;
    ~key_ring() = default;

    /// The set in force, never null.
    std::shared_ptr<key_set const> current() const;

    /// `keys` is not null. When it throws (std::bad_alloc), nothing has changed.
    void replace(std::shared_ptr<key_set const> keys);

    /// One thread's place in the history of a ring, which it may outlive.
    class reader {
    public:
        /// Stands at the set now in force.
        explicit reader(key_ring const& ring);
        reader(reader const&) = default;
        reader(reader&&) noexcept = default;
        ~reader();

        reader& operator=(reader other) noexcept
        {
            at_.swap(other.at_);
            return *this;
        }

        /// Moves on to the newest set. Says whether that is another one than before.
        bool advance() noexcept
        {
            if (!at_->is_replaced.load(std::memory_order_acquire)) return false;
            advance_to_last();
            return true;
        }

        /// The set it stands at, which lives until it moves on.
        key_set const& keys() const noexcept { return *at_->keys; }

    private:
        void advance_to_last() noexcept;

        std::shared_ptr<link> at_;
    };

private:
    mutable std::mutex mutex_;  // between writers, and those who begin to read
    std::shared_ptr<link> last_;
};

}  // namespace jwtgate::jwt
