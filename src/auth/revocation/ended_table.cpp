#include "auth/revocation/ended_table.hpp"

#include <array>

namespace jwtgate::auth {
namespace {

constexpr std::size_t line_slots = 8;
constexpr std::size_t line_bits = 6;
constexpr std::size_t page_slots = line_slots << line_bits;
// Of 512: a line is then so rarely full that a search hardly ever goes on into the next one.
constexpr std::size_t full_page = 320;

// Four bits a session, and two of them set, let one of six look-ups pass in vain. A larger filter is seldomer
// passed, but no longer in the processor's caches when there are ten million.
constexpr std::size_t filter_words = 16;

constexpr std::size_t most_pages = std::size_t{1} << 20U;  // 4 GiB, some 250 million sessions
constexpr std::size_t longest_directory = 8 * most_pages;

// A word read says that everything written before that word is there too.
std::uint64_t read(std::uint64_t& word) noexcept
{
    return std::atomic_ref{word}.load(std::memory_order_acquire);
}

void write(std::uint64_t& word, std::uint64_t value) noexcept
{
    std::atomic_ref{word}.store(value, std::memory_order_release);
}

// The two low bits of a key are no part of it.
constexpr std::uint64_t bits_from(std::uint64_t key, std::uint64_t place) noexcept
{
    return key >> (2 + place);
}

constexpr std::uint64_t low_bits(std::uint64_t key, std::uint64_t count) noexcept
{
    return bits_from(key, 0) & ((std::uint64_t{1} << count) - 1);
}

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

constexpr std::size_t page_in(std::uint64_t entry) noexcept
{
    return entry & UINT32_MAX;
}

constexpr bool is_of(std::uint64_t word, std::uint64_t key) noexcept
{
    return (word ^ key) <= 1;  // but for how far it has got
}

}  // namespace

ended_table::ended_table()
    : words_{most_pages * page_slots, portions::small},
      filters_{most_pages * filter_words, portions::huge},
      directory_{longest_directory, portions::huge}
{
    directory_.grow_to(1);
    auto const first = add_page();
    spare_ = add_page();
    write(*directory_.data(), first);
}

// A reader that was held up may look for a key in a page that has been split since, and is used for other
// keys by now. What it finds there is true all the same. When it finds nothing it looks again whether that
// is still the page: a page is emptied only after the directory names others in its place, and those are
// named by the number of their split.
std::optional<ending> ended_table::find(std::uint64_t key) const noexcept
{
    for (;;) {
        auto const at = find_place(key);
        auto const page = page_in(at.entry);
        auto const word = may_hold(page, key) ? find_word(page, key) : 0;
        if (word != 0) return static_cast<ending>(word & 1U);
        if (find_place(key) == at) return std::nullopt;
    }
}

ended_table::place ended_table::find_place(std::uint64_t key) const noexcept
{
    auto const depth = depth_.load(std::memory_order_acquire);
    return {.depth = depth, .entry = read(directory_.data()[low_bits(key, depth)])};
}

bool ended_table::may_hold(std::size_t page, std::uint64_t key) const noexcept
{
    auto const bits = filter_bits_of(key);
    return (read(filters_.data()[page * filter_words + filter_word_of(key)]) & bits) == bits;
}

/// The word of the key, or 0. Every word of a line is looked at: that costs less than to guess wrongly which
/// of them is the last one, and so the processor goes on to what comes next while it waits for memory.
std::uint64_t ended_table::find_word(std::size_t page, std::uint64_t key) const noexcept
{
    auto* const slots = words_.data() + page * page_slots;
    auto const home = home_of(key);
    for (std::size_t passed = 0; passed < page_slots; passed += line_slots) {
        auto* const line = slots + (home + passed) % page_slots;
        for (std::size_t i = 0; i < line_slots; ++i)
            if (auto const word = read(line[i]); is_of(word, key)) return word;
        if (read(line[line_slots - 1]) == 0) return 0;
    }
    return 0;
}

/// The slot of the key, or the empty one where it would be. No page is ever full.
std::uint64_t* ended_table::find_slot(std::size_t page, std::uint64_t key) const noexcept
{
    auto* const slots = words_.data() + page * page_slots;
    for (auto i = home_of(key);; ++i) {
        auto* const slot = slots + i % page_slots;
        if (*slot == 0 || is_of(*slot, key)) return slot;
    }
}

void ended_table::put(std::uint64_t key, ending how)
{
    auto const word = key | static_cast<std::uint64_t>(how);
    is_empty_.store(false, std::memory_order_release);
    for (;;) {
        auto const page = page_in(find_place(key).entry);
        if (auto* const slot = find_slot(page, key); *slot != 0) return write(*slot, word);
        if (pages_[page].size < full_page) return add(page, word);
        split(page, key);
    }
}

void ended_table::add(std::size_t page, std::uint64_t word) noexcept
{
    auto& filter = filters_.data()[page * filter_words + filter_word_of(word)];
    write(filter, filter | filter_bits_of(word));
    write(*find_slot(page, word), word);
    ++pages_[page].size;
}

void ended_table::split(std::size_t full, std::uint64_t key)
{
    auto const depth = pages_[full].depth;
    if (depth == depth_) double_directory();
    std::array const halves{spare_, add_page()};
    make_empty(spare_);
    for (auto const half : halves) pages_[half] = {.size = 0, .depth = static_cast<std::uint8_t>(depth + 1)};
    for (std::size_t i = 0; i < page_slots; ++i) {
        auto const word = words_.data()[full * page_slots + i];
        if (word != 0) add(halves.at(bits_from(word, depth) & 1U), word);
    }
    publish(key, halves[0], halves[1]);
    spare_ = full;
}

// The two halves of the directory are the same until a page is split.
void ended_table::double_directory()
{
    auto const size = std::size_t{1} << depth_;
    directory_.grow_to(2 * size);
    for (std::size_t i = 0; i < size; ++i) write(directory_.data()[size + i], directory_.data()[i]);
    depth_.store(depth_ + 1, std::memory_order_release);
}

std::size_t ended_table::add_page()
{
    words_.grow_to((pages_.size() + 1) * page_slots);
    filters_.grow_to((pages_.size() + 1) * filter_words);
    pages_.emplace_back();
    return pages_.size() - 1;
}

void ended_table::make_empty(std::size_t page) noexcept
{
    for (std::size_t i = 0; i < page_slots; ++i) write(words_.data()[page * page_slots + i], 0);
    for (std::size_t i = 0; i < filter_words; ++i) write(filters_.data()[page * filter_words + i], 0);
}

void ended_table::publish(std::uint64_t key, std::size_t first_half, std::size_t second_half) noexcept
{
    ++splits_;
    auto const depth = std::uint64_t{pages_[first_half].depth} - 1;
    for (auto i = low_bits(key, depth); i < std::uint64_t{1} << depth_; i += std::uint64_t{1} << depth) {
        auto const half = ((i >> depth) & 1U) == 0 ? first_half : second_half;
        write(directory_.data()[i], (splits_ << 32U) | half);
    }
}

void ended_table::clear() noexcept
{
    is_empty_.store(true, std::memory_order_release);
    depth_.store(0, std::memory_order_release);
    words_.clear();
    filters_.clear();
    directory_.clear();
    pages_.resize(2);
    pages_.shrink_to_fit();
    pages_.assign(2, {});
    spare_ = 1;
    write(*directory_.data(), ++splits_ << 32U);
}

}  // namespace jwtgate::auth
