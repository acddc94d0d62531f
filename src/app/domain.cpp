#include "app/domain.hpp"

#include "core/run_task.hpp"
#include "store/sqlite_store.hpp"

#include <stdexcept>

namespace jwtgate::app {

domain::domain(config::settings const& chosen, core::log const& log)
    : chosen_{chosen},
      log_{log},
      clock_{core::system_clock()},
      random_{core::secure_random()},
      store_{store::open_sqlite(chosen.database, log)},
      guard_{chosen.auth.login, auth::failure_table::usual_size},
      passwords_{chosen.passwords.threads, chosen.passwords.cost}
{}

auth::shared_state domain::shared() noexcept
{
    return {
        .store = *store_,
        .passwords = passwords_,
        .revoked = revoked_,
        .clock = clock_,
        .random = random_,
        .log = log_,
        .settings = chosen_.auth,
        .guard = guard_,
    };
}

auth::authenticator domain::make_authenticator(jwt::key_ring const& keys) const
{
    return {keys, chosen_.auth, revoked_, clock_};
}

void domain::start()
{
    if (core::run_task(housekeeping_.start()) && core::run_task(failure_memory_.start())) return;
    auto const why = store_->why_busy();
    throw std::runtime_error(
        "database " + chosen_.database.string() + ": " + (why.empty() ? "it cannot be used now" : why)
    );
}

void domain::stop()
{
    core::run_task(failure_memory_.stop());
}

}  // namespace jwtgate::app
