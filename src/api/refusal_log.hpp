#pragma once

#include "api/rules/unclear.hpp"
#include "core/log/log.hpp"
#include "http/request.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace jwtgate::api {

/// Logs the refusal of a cross-site request with what decided it, so that a proxy which changes Host is
/// found.
void log_cross_site(core::log const& log, http::request const& req, std::string_view host);

/// Warns of a parameter that the gate does not know. Belongs to one worker.
class parameter_warning {
public:
    /// The same name again is logged at the 2nd, 4th, 8th ... time in a row only: every request to a location
    /// of the proxy repeats it.
    void warn(core::log const& log, std::string_view name);

private:
    std::string last_;
    std::uint64_t times_ = 0;
};

/// Warns of a request that no rule can be applied to. Belongs to one worker.
class unclear_warning {
public:
    /// The same reason again is logged at the 2nd, 4th, 8th ... time only, since clients can cause most of
    /// them.
    void warn(core::log const& log, unclear why);

private:
    std::array<std::uint64_t, unclear_count> times_{};
};

}  // namespace jwtgate::api
