#include "store/outage.hpp"

#include <utility>

namespace jwtgate::store {

void outage::failed(std::string_view reason) noexcept
{
    if (!std::exchange(failing_, true)) log_.error("database_away", {{"reason", reason}});
}

void outage::worked() noexcept
{
    if (std::exchange(failing_, false)) log_.info("database_back");
}

}  // namespace jwtgate::store
