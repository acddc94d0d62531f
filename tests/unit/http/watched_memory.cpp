#include "unit/http/watched_memory.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <malloc.h>
#include <new>

namespace {

std::atomic<char const*> watched = nullptr;
std::atomic<std::size_t> watched_size = 0;
std::atomic<std::size_t> freed = 0;
std::array<std::atomic<void*>, 4096> live{};

// The watch may end while another thread frees. By hand, since it looks into the memory of other threads on
// purpose, and ThreadSanitizer watches memmem.
__attribute__((no_sanitize("thread"))) bool holds_text(void* block) noexcept
{
    auto const* const bytes = static_cast<char const*>(block);
    auto const size = ::malloc_usable_size(block);
    char const* const text = watched;
    std::size_t const length = watched_size;
    if (text == nullptr) return false;
    for (std::size_t at = 0; at + length <= size; ++at) {
        std::size_t same = 0;
        while (same < length && bytes[at + same] == text[same]) ++same;
        if (same == length) return true;
    }
    return false;
}

void replace(void* wanted, void* instead) noexcept
{
    for (auto& slot : live) {
        auto expected = wanted;
        if (slot.compare_exchange_strong(expected, instead)) return;
    }
}

void release(void* block) noexcept
{
    if (block != nullptr && watched != nullptr) {
        if (holds_text(block)) ++freed;
        replace(block, nullptr);
    }
    std::free(block);
}

}  // namespace

void* operator new(std::size_t size)
{
    // Zeros, so that nothing is found that another one left here.
    auto* const block = std::calloc(1, std::max<std::size_t>(size, 1));
    if (block == nullptr) throw std::bad_alloc();
    if (watched != nullptr) replace(nullptr, block);
    return block;
}

void operator delete(void* block) noexcept
{
    release(block);
}

void operator delete(void* block, std::size_t /*size*/) noexcept
{
    release(block);
}

namespace jwtgate::http::test {

watched_memory::watched_memory(std::string_view text) noexcept
{
    freed = 0;
    watched_size = text.size();
    watched = text.data();
}

watched_memory::~watched_memory()
{
    watched = nullptr;
    for (auto& slot : live) slot = nullptr;
}

// NOLINTBEGIN(readability-convert-member-functions-to-static): of the one watch that lives.
std::size_t watched_memory::freed_with_it() const noexcept
{
    return freed;
}

std::size_t watched_memory::live_with_it() const noexcept
{
    return static_cast<std::size_t>(std::ranges::count_if(live, [](auto const& slot) {
        return slot != nullptr && holds_text(slot);
    }));
}

std::size_t watched_memory::live_size() const noexcept
{
    std::size_t size = 0;
    for (auto const& slot : live) size += ::malloc_usable_size(slot);
    return size;
}

// NOLINTEND(readability-convert-member-functions-to-static)

}  // namespace jwtgate::http::test
