#pragma once

#include "auth/revocation/ended_pages.hpp"
#include "auth/revocation/word_space.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace jwtgate::auth {

/// How far the end of a session has got.
enum class ending : std::uint8_t {
    decided,  ///< in memory
    stored,   ///< for good
};

/// The sessions that have ended, by `revocation_key`: one word each, 13 to 27 bytes of memory. Any thread
/// reads at any time without a lock and never waits; of those that write the caller lets in one at a time.
///
/// Extendible hashing (Fagin et al., 1979): the low bits of a key choose an entry of the directory, which
/// names a page. A page that is full is copied into two, which are published in its place: so a write copies
/// a page now and then, and seldom the directory, of eight bytes for each page.
class ended_table {
public:
    /// Throws std::system_error.
    ended_table();

    std::optional<ending> find(std::uint64_t key) const noexcept;

    std::size_t size() const noexcept { return size_.load(std::memory_order_acquire); }

    /// Adds it, or replaces how far it has got. From the return on every thread finds it. Throws when there
    /// is no memory.
    void put(std::uint64_t key, ending how);

    /// Nothing in it may still be needed: a reader that comes meanwhile may find anything. The memory is
    /// given back.
    void clear() noexcept;

private:
    // Where a key belongs, as long as both are what they were.
    struct place {
        std::uint64_t depth;
        std::uint64_t entry;
        bool operator==(place const&) const = default;
    };

    void begin() noexcept;
    place find_place(std::uint64_t key) const noexcept;
    void split(std::size_t full, std::uint64_t key);
    std::size_t add_page();
    void double_directory();
    void publish(
        std::uint64_t key, std::uint8_t depth, std::size_t first_half, std::size_t second_half
    ) noexcept;

    ended_pages pages_;
    word_space directory_;  // the number of a page, and above it that of the split that put it there
    std::vector<std::uint8_t> depths_;      // of each page: so many low bits are the same in all its keys
    std::atomic<std::uint64_t> depth_ = 0;  // so many low bits of a key are looked up in the directory
    std::atomic<std::size_t> size_ = 0;
    std::size_t spare_ = 0;  // the page that was split last: in no use, but a reader may still be in it
    std::uint64_t splits_ = 0;
};

}  // namespace jwtgate::auth
