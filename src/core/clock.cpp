#include "core/clock.hpp"

namespace jwtgate::core {

clock system_clock()
{
    return {
        .now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); },
        .steady = [] { return std::chrono::steady_clock::now(); },
    };
}

}  // namespace jwtgate::core
