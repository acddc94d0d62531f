#include "core/clock_watch.hpp"

namespace jwtgate::core {

std::chrono::seconds clock_watch::observe(clock_reading now) noexcept
{
    auto const passed = std::chrono::round<std::chrono::seconds>(now.steady - since_.steady);
    auto const strayed = (now.wall - since_.wall) - passed;
    last_ = now;
    if (std::chrono::abs(strayed) <= tolerance) return std::chrono::seconds{0};
    since_ = now;
    return strayed;
}

}  // namespace jwtgate::core
