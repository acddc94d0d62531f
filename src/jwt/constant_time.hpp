#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace jwtgate::jwt {

/// Whether both hold the same `size` bytes, at least eight, in time that depends on the size only. It is
/// CRYPTO_memcmp by words instead of bytes: every word is looked at, the last one where it ends, and since
/// the compiler does not see through `asm`, it cannot leave the loop early.
inline bool equal_in_constant_time(char const* a, char const* b, std::size_t size) noexcept
{
    std::uint64_t difference = 0;
    auto const compare = [&](std::size_t at) {
        std::uint64_t left = 0;
        std::uint64_t right = 0;
        std::memcpy(&left, a + at, sizeof left);
        std::memcpy(&right, b + at, sizeof right);
        difference |= left ^ right;
        asm("" : "+r"(difference));
    };
    for (std::size_t at = 0; at + sizeof difference < size; at += sizeof difference) compare(at);
    compare(size - sizeof difference);
    return difference == 0;
}

}  // namespace jwtgate::jwt
