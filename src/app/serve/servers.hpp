#pragma once

#include "api/context.hpp"
#include "api/metrics/metrics_registry.hpp"
#include "app/domain.hpp"
#include "app/metrics/metrics_server.hpp"
#include "app/serve/key_reload.hpp"
#include "config/settings.hpp"
#include "core/clock.hpp"
#include "core/log/log.hpp"
#include "core/task.hpp"
#include "http/server.hpp"
#include <jwtgate/jwt/key_ring.hpp>

#include <string>
#include <vector>

namespace jwtgate::app {

/// What this process listens with: the users' server, the control socket of the commands, and the metrics
/// where they are wanted.
class servers {
public:
    /// `users` is what of the configuration the users' server is given. The configuration and the log outlive
    /// it.
    servers(config::settings const& chosen, http::server_config users, core::log const& log);

    /// Takes every address. Throws std::runtime_error with one line that names the one that cannot be taken.
    void bind();

    /// Once, after bind; all that is given outlives `drain`.
    void start(domain& opened, jwt::key_ring& keys, key_reload& reload);

    /// Says on stdout what is listened on.
    void announce() const;

    /// Done when every worker has come round to it. Between start and drain.
    core::task<void> roll_call();

    /// As http::server::drain; the metrics end at once.
    void drain();

    /// Ends all of them at once, started or not: nothing that start was given is used any more.
    void stop() noexcept;

private:
    config::settings const& chosen_;
    core::log const& log_;
    core::clock clock_;
    api::site site_;
    api::metrics_registry counted_;
    http::server users_;
    http::server control_;
    metrics_server metrics_;
    std::vector<std::string> addresses_;
    std::vector<std::string> metrics_addresses_;
};

}  // namespace jwtgate::app
