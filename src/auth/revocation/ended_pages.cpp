#include "auth/revocation/ended_pages.hpp"

#include "auth/revocation/shared_word.hpp"

#include <algorithm>

namespace jwtgate::auth {
namespace {

constexpr std::size_t line_slots = 8;
constexpr std::size_t line_bits = 6;
constexpr std::size_t page_slots = line_slots << line_bits;
// Of 512: a line is then so rarely full that a search hardly ever goes on into the next one.
constexpr std::size_t full_page = 320;

// Four bits a word, and two of them set, let one of six look-ups pass in vain. A larger filter is seldomer
// passed, but no longer in the processor's caches when there are ten million.
constexpr std::size_t filter_words = 16;

constexpr std::size_t most_pages = std::size_t{1} << 20U;  // 4 GiB, some 250 million sessions

// Where in a page the search begins.
constexpr std::size_t home_of(std::uint64_t key) noexcept
{
    return (key >> (64 - line_bits)) * line_slots;
}

constexpr std::size_t filter_word_of(std::uint64_t key) noexcept
{
    return (key >> 53U) % filter_words;
}

constexpr std::uint64_t filter_bits_of(std::uint64_t key) noexcept
{
    auto const bit = [key](unsigned place) { return std::uint64_t{1} << ((key >> place) % 64); };
    return bit(47) | bit(41);
}

constexpr bool is_of(std::uint64_t word, std::uint64_t key) noexcept
{
    return (word ^ key) <= 1;
}

void fill_with_zeros(std::span<std::uint64_t> words) noexcept
{
    for (auto& word : words) write_shared(word, 0);
}

}  // namespace

ended_pages::ended_pages()
    : words_{most_pages * page_slots, portions::small}, filters_{most_pages * filter_words, portions::huge}
{}

std::size_t ended_pages::add_page()
{
    words_.grow_to((count() + 1) * page_slots);
    filters_.grow_to((count() + 1) * filter_words);
    sizes_.push_back(0);
    return count() - 1;
}

/// Every word of a line is looked at: that costs less than to guess wrongly which of them is the last one,
/// and so the processor goes on to what comes next while it waits for memory.
std::uint64_t ended_pages::find(std::size_t page, std::uint64_t key) const noexcept
{
    if (!may_hold(page, key)) return 0;
    auto* const slots = words_.data() + page * page_slots;
    auto const home = home_of(key);
    for (std::size_t passed = 0; passed < page_slots; passed += line_slots) {
        auto* const line = slots + (home + passed) % page_slots;
        for (std::size_t i = 0; i < line_slots; ++i)
            if (auto const word = read_shared(line[i]); is_of(word, key)) return word;
        if (read_shared(line[line_slots - 1]) == 0) return 0;
    }
    return 0;
}

bool ended_pages::may_hold(std::size_t page, std::uint64_t key) const noexcept
{
    auto const bits = filter_bits_of(key);
    return (read_shared(filter_of(page)[filter_word_of(key)]) & bits) == bits;
}

bool ended_pages::is_full(std::size_t page) const noexcept
{
    return sizes_[page] == full_page;
}

void ended_pages::put(std::size_t page, std::uint64_t word) noexcept
{
    auto& filter = filter_of(page)[filter_word_of(word)];
    write_shared(filter, filter | filter_bits_of(word));
    auto* const slot = find_slot(page, word);
    if (*slot == 0) ++sizes_[page];
    write_shared(*slot, word);
}

/// The slot of the key, or the empty one where it would be: there is one, since no page is ever quite full.
std::uint64_t* ended_pages::find_slot(std::size_t page, std::uint64_t key) const noexcept
{
    auto* const slots = words_.data() + page * page_slots;
    for (auto i = home_of(key);; ++i) {
        auto* const slot = slots + i % page_slots;
        if (*slot == 0 || is_of(*slot, key)) return slot;
    }
}

std::span<std::uint64_t const> ended_pages::words_of(std::size_t page) const noexcept
{
    return {words_.data() + page * page_slots, page_slots};
}

std::span<std::uint64_t> ended_pages::filter_of(std::size_t page) const noexcept
{
    return {filters_.data() + page * filter_words, filter_words};
}

void ended_pages::make_empty(std::size_t page) noexcept
{
    fill_with_zeros({words_.data() + page * page_slots, page_slots});
    fill_with_zeros(filter_of(page));
    sizes_[page] = 0;
}

void ended_pages::clear(std::size_t left) noexcept
{
    words_.clear();
    filters_.clear();
    sizes_.resize(left);
    sizes_.shrink_to_fit();
    std::ranges::fill(sizes_, 0);
}

}  // namespace jwtgate::auth
