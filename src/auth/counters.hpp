#pragma once

#include "auth/outcome.hpp"
#include "core/metrics/counter.hpp"

#include <array>
#include <cstddef>

namespace jwtgate::auth {

/// How often something ended in which way: raised by one thread, read by any.
class outcome_counters {
public:
    void add(core::error_code why) noexcept { at(outcome_of(why)).add(1); }

    core::counter const& of(outcome what) const noexcept { return counts_[static_cast<std::size_t>(what)]; }

private:
    core::counter& at(outcome what) noexcept { return counts_[static_cast<std::size_t>(what)]; }

    std::array<core::counter, static_cast<std::size_t>(outcome::failed) + 1> counts_;
};

/// What one worker's service counts.
struct counters {
    outcome_counters logins;
    outcome_counters refreshes;  ///< those whose token counted: an explicit refresh asks the store
};

}  // namespace jwtgate::auth
