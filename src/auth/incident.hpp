#pragma once

#include "core/log/log.hpp"
#include "core/result.hpp"

#include <string_view>

namespace jwtgate::auth {

/// What the log says of a login, a refresh, a logout, or what users do with their accounts.
struct incident {
    std::string_view what;
    std::string_view user;
    std::string_view address;
    std::string_view session;  ///< of the one who asks; empty: none yet
    core::error_code why;      ///< of a refusal
};

/// One line: a warning when it was refused.
void record(core::log const& log, incident const& it) noexcept;

}  // namespace jwtgate::auth
