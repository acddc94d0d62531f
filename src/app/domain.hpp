#pragma once

#include "app/config.hpp"
#include "auth/passwords/password_pool.hpp"
#include "auth/revocation_index.hpp"
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

    /// Forgets sessions that can no longer matter.
    core::task<void> purge();

private:
    config const& chosen_;
    core::log const& log_;
    core::clock clock_;
    core::random_source random_;
    std::unique_ptr<auth::store> store_;
    std::unique_ptr<auth::revocation_index> revoked_;
    auth::password_pool passwords_;
};

}  // namespace jwtgate::app
