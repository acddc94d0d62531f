#pragma once

#include "auth/revocation/word_space.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace jwtgate::auth {

/// The pages of an `ended_table`, 4 KiB each: words that are a `revocation_key` but for their lowest bit,
/// found by its high bits. In front of each page stands a Bloom filter of four bits a word: for most keys
/// that are not there it knows that, and the page is not asked.
///
/// Any thread reads at any time; of those that write the caller lets in one at a time. Whoever reads a page
/// that is emptied and filled again meanwhile may find nothing, but nothing wrong.
class ended_pages {
public:
    /// Throws std::system_error.
    ended_pages();

    /// A new page. Throws when there is no memory for it; there are as many as before then.
    std::size_t add_page();

    std::size_t count() const noexcept { return sizes_.size(); }

    /// The word of the key, or 0.
    std::uint64_t find(std::size_t page, std::uint64_t key) const noexcept;

    bool is_full(std::size_t page) const noexcept;

    /// Adds the word to a page that is not full, or replaces that of its key.
    void put(std::size_t page, std::uint64_t word) noexcept;

    /// The words of the page, and zeros between them.
    std::span<std::uint64_t const> words_of(std::size_t page) const noexcept;

    void make_empty(std::size_t page) noexcept;

    /// Of all pages so many are left, empty, and the memory is given back.
    void clear(std::size_t left) noexcept;

private:
    bool may_hold(std::size_t page, std::uint64_t key) const noexcept;
    std::uint64_t* find_slot(std::size_t page, std::uint64_t key) const noexcept;
    std::span<std::uint64_t> filter_of(std::size_t page) const noexcept;

    word_space words_;
    word_space filters_;
    std::vector<std::uint16_t> sizes_;
};

}  // namespace jwtgate::auth
