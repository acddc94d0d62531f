#pragma once

#include "auth/authenticator.hpp"
#include "auth/login/failure_memory.hpp"
#include "auth/login/login_guard.hpp"
#include "auth/passwords/password_pool.hpp"
#include "auth/revocation/housekeeping.hpp"
#include "auth/revocation/revocation_index.hpp"
#include "auth/service.hpp"
#include "auth/store.hpp"
#include "config/settings.hpp"
#include "core/clock.hpp"
#include "core/log/log.hpp"
#include "core/random.hpp"

#include <cstddef>
#include <memory>

namespace jwtgate::app {

/// The store and what stands around it, opened for the one process that holds the directory's lock.
class domain {
public:
    /// Throws std::runtime_error with one line when the database cannot be used. `chosen` and `log` outlive
    /// it.
    domain(config::settings const& chosen, core::log const& log);

    auth::shared_state shared() noexcept;

    /// From any thread.
    std::size_t ended_sessions() const noexcept { return revoked_.size(); }

    std::size_t waiting_passwords() const noexcept { return passwords_.waiting(); }

    auth::authenticator make_authenticator(jwt::key_ring const& keys) const;

    /// Loads what has been revoked and what has failed: before anything asks. Throws std::runtime_error with
    /// one line.
    void start();

    /// To be called about every hour.
    core::task<void> keep_house() { return housekeeping_.run(); }

    /// To be called about a minute after that.
    void give_memory_back() { housekeeping_.give_memory_back(); }

    /// To be called about every second.
    core::task<void> remember_failures() { return failure_memory_.run(); }

    /// When nothing asks any longer.
    void stop();

private:
    config::settings const& chosen_;
    core::log const& log_;
    core::clock clock_;
    core::random_source random_;
    std::unique_ptr<auth::store> store_;
    auth::revocation_index revoked_;
    auth::login_guard guard_;
    auth::password_pool passwords_;
    auth::housekeeping housekeeping_{shared()};
    auth::failure_memory failure_memory_{shared()};
};

}  // namespace jwtgate::app
