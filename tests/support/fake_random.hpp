#pragma once

#include "core/random.hpp"

#include <memory>
#include <span>

namespace jwtgate::test {

/// Fills with 1, 1, 1 ..., the next time with 2, 2, 2 ...: never the same twice in 255 calls, always the same
/// run.
inline core::random_source counting_random()
{
    return [next = std::make_shared<unsigned char>()](std::span<unsigned char> out) {
        ++*next;
        for (auto& byte : out) byte = *next;
    };
}

}  // namespace jwtgate::test
