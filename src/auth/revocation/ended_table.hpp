#pragma once

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

/// The sessions that have ended, by `session_key`: one word each, 13 to 27 bytes of memory. Any thread reads
/// at any time without a lock and never waits; of those that write the caller lets in one at a time. No write
/// takes longer the more there are: what grows is one page of 4 KiB.
///
/// Extendible hashing (Fagin et al., 1979): the low bits of a key choose an entry of the directory, which
/// names a page; the high bits choose a cache line in the page, where the search begins. A page that is full
/// is copied into two, which are published in its place. In front of each page stands a Bloom filter of four
/// bits a session: of most sessions that have not ended it knows that, and the page is not asked.
class ended_table {
public:
    /// Throws std::system_error.
    ended_table();

    std::optional<ending> find(std::uint64_t key) const noexcept;

    /// Whether nothing has been put in since it was made or cleared.
    bool is_empty() const noexcept { return is_empty_.load(std::memory_order_acquire); }

    /// Adds it, or replaces how far it has got. From the return on every thread finds it. Throws when there
    /// is no memory.
    void put(std::uint64_t key, ending how);

    /// Nothing in it may still be needed: a reader that comes meanwhile may find anything. The memory is
    /// given back.
    void clear() noexcept;

private:
    struct page_state {
        std::uint16_t size = 0;
        std::uint8_t depth = 0;  // so many low bits are the same in all its keys
    };

    // Where a key belongs, as long as both are what they were.
    struct place {
        std::uint64_t depth;
        std::uint64_t entry;
        bool operator==(place const&) const = default;
    };

    place find_place(std::uint64_t key) const noexcept;
    bool may_hold(std::size_t page, std::uint64_t key) const noexcept;
    std::uint64_t find_word(std::size_t page, std::uint64_t key) const noexcept;
    std::uint64_t* find_slot(std::size_t page, std::uint64_t key) const noexcept;
    void add(std::size_t page, std::uint64_t word) noexcept;
    void split(std::size_t full, std::uint64_t key);
    void double_directory();
    std::size_t add_page();
    void make_empty(std::size_t page) noexcept;
    void publish(std::uint64_t key, std::size_t first_half, std::size_t second_half) noexcept;

    word_space words_;      // of all pages
    word_space filters_;    // of all pages
    word_space directory_;  // the number of a page, and above it that of the split that put it there
    std::atomic<bool> is_empty_ = true;
    std::atomic<std::uint64_t> depth_ = 0;  // so many low bits of a key are looked up in the directory
    std::vector<page_state> pages_;
    std::size_t spare_ = 0;  // the page that was split last: in no use, but a reader may still be in it
    std::uint64_t splits_ = 0;
};

}  // namespace jwtgate::auth
