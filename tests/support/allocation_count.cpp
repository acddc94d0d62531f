#include "support/allocation_count.hpp"

#include <openssl/crypto.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> ours_in_all = 0;
std::atomic<std::size_t> openssl_in_all = 0;
thread_local std::size_t ours_here = 0;
thread_local std::size_t openssl_here = 0;

void count(std::atomic<std::size_t>& in_all, std::size_t& here) noexcept
{
    ++in_all;
    ++here;
}

void* allocate(std::size_t size, char const* /*file*/, int /*line*/)
{
    count(openssl_in_all, openssl_here);
    return std::malloc(size);
}

void* reallocate(void* memory, std::size_t size, char const* /*file*/, int /*line*/)
{
    count(openssl_in_all, openssl_here);
    return std::realloc(memory, size);
}

void release(void* memory, char const* /*file*/, int /*line*/)
{
    std::free(memory);
}

// OpenSSL takes other functions only as long as it has not allocated anything, so before main.
bool const openssl_is_counted = CRYPTO_set_mem_functions(allocate, reallocate, release) == 1;

}  // namespace

// Out of line, or GCC 12 sees the free() of what new returned and warns.
[[gnu::noinline]] void* operator new(std::size_t size, std::nothrow_t const& /*form*/) noexcept
{
    count(ours_in_all, ours_here);
    return std::malloc(size == 0 ? 1 : size);
}

[[gnu::noinline]] void* operator new(std::size_t size)
{
    if (auto* const memory = operator new(size, std::nothrow)) return memory;
    throw std::bad_alloc{};
}

[[gnu::noinline]] void operator delete(void* memory) noexcept
{
    std::free(memory);
}

[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept
{
    std::free(memory);
}

namespace jwtgate::test {

allocations allocations_here() noexcept
{
    return {ours_here, openssl_here};
}

allocations allocations_elsewhere() noexcept
{
    return allocations{ours_in_all, openssl_in_all} - allocations_here();
}

bool counts_openssl() noexcept
{
    return openssl_is_counted;
}

}  // namespace jwtgate::test
