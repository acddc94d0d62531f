#pragma once

#include "core/secret.hpp"

#include <cstddef>
#include <memory>

namespace jwtgate::core {

/// For containers that secrets pass through: what they free, also as they grow, is wiped before.
template <class T>
struct wiping_allocator {
    using value_type = T;

    wiping_allocator() = default;

    template <class Other>
    explicit(false) wiping_allocator(wiping_allocator<Other> const& /*other*/) noexcept
    {}

    T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }

    void deallocate(T* memory, std::size_t count) noexcept
    {
        wipe(memory, count * sizeof(T));
        std::allocator<T>{}.deallocate(memory, count);
    }

    friend bool operator==(wiping_allocator /*a*/, wiping_allocator /*b*/) noexcept { return true; }
};

}  // namespace jwtgate::core
