#pragma once

#include "auth/revocation_index.hpp"
#include "auth/settings.hpp"
#include "auth/store.hpp"
#include "core/clock.hpp"

#include <cstdint>
#include <memory>

namespace jwtgate::auth {

/// The index as it has to be at a start: every session in it that ended while an access token of it may still
/// live, also when access-ttl was longer before. Error: busy.
task<result<std::unique_ptr<revocation_index>>> load_revocations(
    store& from, settings const& chosen, core::clock const& clock
);

/// Forgets the sessions that can no longer matter to anyone; to be called from time to time. Returns how
/// many. Error: busy.
task<result<std::int64_t>> purge_sessions(
    store& from, revocation_index const& index, core::clock const& clock
);

}  // namespace jwtgate::auth
