#pragma once

#include "auth/settings.hpp"
#include "auth/store.hpp"
#include "core/clock.hpp"
#include "core/log/log.hpp"
#include "core/random.hpp"

namespace jwtgate::auth {

class login_guard;
class password_pool;
class revocation_index;

/// What all workers share; everything outlives every service.
struct shared_state {
    auth::store& store;
    password_pool& passwords;
    revocation_index& revoked;
    core::clock const& clock;
    core::random_source const& random;
    core::log const& log;
    auth::settings const& settings;
    login_guard& guard;
};

}  // namespace jwtgate::auth
