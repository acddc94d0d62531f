#include "auth/incident.hpp"

#include "auth/outcome.hpp"

namespace jwtgate::auth {

void record(core::log const& log, incident const& it) noexcept
{
    auto const fields = {
        core::log_field{"user", it.user},
        core::log_field{"address", it.address},
        core::log_field{"sid", it.session},
        core::log_field{"outcome", word(outcome_of(it.why))},
    };
    if (it.why) return log.warn(it.what, fields);
    log.info(it.what, fields);
}

}  // namespace jwtgate::auth
