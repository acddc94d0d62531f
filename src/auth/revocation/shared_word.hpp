#pragma once

#include <atomic>
#include <cstdint>

namespace jwtgate::auth {

/// Whoever reads a word that was written like this finds everything there that was written before it.
inline std::uint64_t read_shared(std::uint64_t& word) noexcept
{
    return std::atomic_ref{word}.load(std::memory_order_acquire);
}

inline void write_shared(std::uint64_t& word, std::uint64_t value) noexcept
{
    std::atomic_ref{word}.store(value, std::memory_order_release);
}

}  // namespace jwtgate::auth
