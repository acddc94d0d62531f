#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace jwtgate::jwt::base64url {

/// One implementation of the code. Both functions write exactly as many characters or bytes as the result
/// has, and read no others than they are given.
struct kernel {
    std::string_view name;

    void (*encode)(std::string_view bytes, char* out) noexcept;

    /// Whether all characters are of the alphabet. What lies beyond the last whole byte is not looked at, and
    /// the length is not 1 more than a multiple of 4.
    bool (*decode)(std::string_view text, char* out) noexcept;
};

extern kernel const scalar;

#ifdef __x86_64__
extern kernel const avx2;
extern kernel const avx512;  ///< AVX-512 with VBMI
#endif

/// Those that this processor runs, the fastest first, scalar last.
std::span<kernel const* const> kernels() noexcept;

}  // namespace jwtgate::jwt::base64url
