#include "auth/revocation/word_space.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace jwtgate::auth {
namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20U;

constexpr std::size_t whole_huge_pages(std::size_t words)
{
    return (words * sizeof(std::uint64_t) + huge_page - 1) / huge_page * huge_page;
}

void check(bool worked, char const* what)
{
    if (!worked) throw std::system_error(errno, std::generic_category(), what);
}

void* reserve(std::size_t bytes)
{
    auto* const start = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    check(start != MAP_FAILED, "no address space for ended sessions (ulimit -v)");
    return start;
}

}  // namespace

// One huge page more than is used, to begin where one does.
word_space::word_space(std::size_t most, portions taken)
    : taken_{taken}, reserved_{whole_huge_pages(most) + huge_page}, start_{reserve(reserved_)}
{
    auto* aligned = start_;
    auto room = reserved_;
    words_ = static_cast<std::uint64_t*>(std::align(huge_page, reserved_ - huge_page, aligned, room));
}

word_space::~word_space()
{
    munmap(start_, reserved_);
}

// The first of the huge ones is had as small ones: most servers never fill it.
void word_space::grow_to(std::size_t size)
{
    auto const needed = whole_huge_pages(size);
    if (needed <= usable_) return;
    if (needed > reserved_ - huge_page) throw std::length_error("too many ended sessions for this process");
    auto* const added = words_ + usable_ / sizeof(std::uint64_t);
    check(mprotect(added, needed - usable_, PROT_READ | PROT_WRITE) == 0, "no memory for ended sessions");
    bool const is_huge = taken_ == portions::huge && usable_ != 0;
    madvise(added, needed - usable_, is_huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
    usable_ = needed;
}

void word_space::clear() noexcept
{
    if (madvise(words_, usable_, MADV_DONTNEED) == 0) return;
    std::fill_n(words_, usable_ / sizeof(std::uint64_t), 0);  // memory that is locked is not given back
}

}  // namespace jwtgate::auth
