#include "store/outage.hpp"

#include "store/sqlite_connection.hpp"

#include <utility>

namespace jwtgate::store {

void outage::failed(std::string_view reason)
{
    remember(reason);
    if (!std::exchange(failing_, true)) log_.error("database_away", {{"reason", reason}});
}

void outage::worked()
{
    remember("");
    if (std::exchange(failing_, false)) log_.info("database_back");
}

void outage::met(std::exception const& failure)
{
    auto const reason = reason_of(failure);
    if (is_of_database(failure)) return failed(reason);
    remember(reason);
    log_.error("database_job_failed", {{"reason", reason}});
}

std::string outage::reason() const
{
    std::lock_guard const lock(mutex_);
    return reason_;
}

void outage::remember(std::string_view reason)
{
    std::lock_guard const lock(mutex_);
    reason_ = reason;
}

}  // namespace jwtgate::store
