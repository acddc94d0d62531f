#pragma once

#include "app/config.hpp"
#include "auth/passwords/password_pool.hpp"
#include "auth/revocation/housekeeping.hpp"
#include "auth/revocation/revocation_index.hpp"
#include "auth/service.hpp"
#include "auth/store.hpp"
#include "core/clock.hpp"
#include "core/log.hpp"
#include "core/random.hpp"

#include <memory>

namespace jwtgate::app {

/// The store and what stands around it, opened for the one process that holds the directory's lock.
class domain {
public:
    /// Throws std::runtime_error with one line when the database cannot be used. `chosen` and `log` outlive
    /// it.
    domain(config const& chosen, core::log const& log);

    auth::shared_state shared() noexcept;

    /// Loads what has been revoked: before anything asks. Throws std::runtime_error with one line.
    void start();

    /// To be called about every hour.
    core::task<void> keep_house() { return housekeeping_.run(); }

private:
    config const& chosen_;
    core::log const& log_;
    core::clock clock_;
    core::random_source random_;
    std::unique_ptr<auth::store> store_;
    auth::revocation_index revoked_;
    auth::password_pool passwords_;
    auth::housekeeping housekeeping_{shared()};
};

}  // namespace jwtgate::app
