#include "auth/revocation/ended_table.hpp"

#include "auth/revocation/shared_word.hpp"

#include <algorithm>
#include <array>

namespace jwtgate::auth {
namespace {

constexpr std::size_t first_pages = 2;  // one to begin with, one to spare
constexpr std::size_t longest_directory = std::size_t{1} << 23U;

// The two low bits of a key are no part of it.
constexpr std::uint64_t bits_from(std::uint64_t key, std::uint64_t place) noexcept
{
    return key >> (2 + place);
}

constexpr std::uint64_t low_bits(std::uint64_t key, std::uint64_t count) noexcept
{
    return bits_from(key, 0) & ((std::uint64_t{1} << count) - 1);
}

constexpr std::size_t page_in(std::uint64_t entry) noexcept
{
    return entry & UINT32_MAX;
}

}  // namespace

ended_table::ended_table() : directory_{longest_directory, portions::huge}
{
    directory_.grow_to(1);
    for (std::size_t i = 0; i < first_pages; ++i) add_page();
    begin();
}

void ended_table::begin() noexcept
{
    spare_ = 1;
    write_shared(*directory_.data(), ++splits_ << 32U);  // page 0
}

// A reader that was held up may look for a key in a page that has been split since, and is used for other
// keys by now. What it finds there is true all the same. When it finds nothing it looks again whether that
// is still the page: a page is emptied only after the directory names others in its place, and those are
// named by the number of their split.
std::optional<ending> ended_table::find(std::uint64_t key) const noexcept
{
    for (;;) {
        auto const at = find_place(key);
        auto const word = pages_.find(page_in(at.entry), key);
        if (word != 0) return static_cast<ending>(word & 1U);
        if (find_place(key) == at) return std::nullopt;
    }
}

ended_table::place ended_table::find_place(std::uint64_t key) const noexcept
{
    auto const depth = depth_.load(std::memory_order_acquire);
    return {.depth = depth, .entry = read_shared(directory_.data()[low_bits(key, depth)])};
}

void ended_table::put(std::uint64_t key, ending how)
{
    auto const word = key | static_cast<std::uint64_t>(how);
    for (;;) {
        auto const page = page_in(find_place(key).entry);
        bool const is_new = pages_.find(page, key) == 0;
        if (is_new && pages_.is_full(page)) {
            split(page, key);
            continue;
        }
        // Counted first: whoever finds the table empty does not look into it.
        if (is_new) size_.fetch_add(1, std::memory_order_release);
        return pages_.put(page, word);
    }
}

void ended_table::split(std::size_t full, std::uint64_t key)
{
    auto const depth = depths_[full];
    if (depth == depth_) double_directory();
    std::array const halves{spare_, add_page()};
    pages_.make_empty(spare_);
    for (auto const half : halves) depths_[half] = static_cast<std::uint8_t>(depth + 1);
    for (auto const word : pages_.words_of(full))
        if (word != 0) pages_.put(halves.at(bits_from(word, depth) & 1U), word);
    publish(key, depth, halves[0], halves[1]);
    spare_ = full;
}

std::size_t ended_table::add_page()
{
    depths_.resize(pages_.count() + 1);
    return pages_.add_page();
}

// The two halves of the directory are the same until a page is split.
void ended_table::double_directory()
{
    auto const size = std::size_t{1} << depth_;
    directory_.grow_to(2 * size);
    for (std::size_t i = 0; i < size; ++i) write_shared(directory_.data()[size + i], directory_.data()[i]);
    depth_.store(depth_ + 1, std::memory_order_release);
}

void ended_table::publish(
    std::uint64_t key, std::uint8_t depth, std::size_t first_half, std::size_t second_half
) noexcept
{
    ++splits_;
    auto const step = std::uint64_t{1} << depth;
    for (auto i = low_bits(key, depth); i < std::uint64_t{1} << depth_; i += step)
        write_shared(directory_.data()[i], (splits_ << 32U) | ((i & step) == 0 ? first_half : second_half));
}

void ended_table::clear() noexcept
{
    size_.store(0, std::memory_order_release);
    depth_.store(0, std::memory_order_release);
    pages_.clear(first_pages);
    directory_.clear();
    depths_.resize(first_pages);
    std::ranges::fill(depths_, 0);
    begin();
}

}  // namespace jwtgate::auth
