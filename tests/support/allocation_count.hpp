#pragma once

#include <cstddef>

namespace jwtgate::test {

/// How many there were since the program began. Whoever asks links allocation_count.cpp, whose operator new
/// counts.
struct allocations {
    std::size_t ours = 0;        ///< of operator new
    std::size_t of_openssl = 0;  ///< of libcrypto

    friend allocations operator-(allocations const& one, allocations const& other) noexcept
    {
        return {one.ours - other.ours, one.of_openssl - other.of_openssl};
    }
};

/// Those of the calling thread.
allocations allocations_here() noexcept;

/// Those of all other threads.
allocations allocations_elsewhere() noexcept;

/// Whether OpenSSL's are counted.
bool counts_openssl() noexcept;

}  // namespace jwtgate::test
