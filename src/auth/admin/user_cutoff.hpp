#pragma once

#include "auth/shared_state.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace jwtgate::auth {

/// What the store is to remember of a user all of whose sessions end now.
cutoff cutoff_now(shared_state const& shared);

/// What the store has ended with it, all workers refuse from then on: these sessions, and whatever was issued
/// to the user before, rows that were lost included. Returns how many sessions they are.
std::size_t end_at_once(
    shared_state const& shared, user_cutoff const& of, std::vector<std::string> const& sessions
);

}  // namespace jwtgate::auth
