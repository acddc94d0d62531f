#include "app/domain.hpp"

#include "auth/housekeeping.hpp"
#include "core/run_task.hpp"
#include "store/sqlite_store.hpp"

#include <stdexcept>
#include <string>

namespace jwtgate::app {
namespace {

std::unique_ptr<auth::revocation_index> revocations_of(
    auth::store& store, config const& chosen, core::clock const& clock
)
{
    auto index = core::run_task(auth::load_revocations(store, chosen.auth, clock));
    if (!index) throw std::runtime_error("cannot read the sessions of database " + chosen.database.string());
    return std::move(*index);
}

}  // namespace

domain::domain(config const& chosen, core::log const& log)
    : chosen_{chosen},
      log_{log},
      clock_{core::system_clock()},
      random_{core::secure_random()},
      store_{store::open_sqlite(chosen.database, log)},
      revoked_{revocations_of(*store_, chosen, clock_)},
      passwords_{chosen.passwords.threads, chosen.passwords.cost}
{}

auth::shared_state domain::shared() noexcept
{
    return {
        .store = *store_,
        .passwords = passwords_,
        .revoked = *revoked_,
        .clock = clock_,
        .random = random_,
        .log = log_,
        .settings = chosen_.auth,
    };
}

core::task<void> domain::purge()
{
    auto const purged = co_await auth::purge_sessions(*store_, *revoked_, clock_);
    if (purged && *purged > 0) log_.info("sessions purged", {{"count", std::to_string(*purged)}});
}

}  // namespace jwtgate::app
