#pragma once

#include "core/log/log.hpp"

#include <exception>
#include <mutex>
#include <string>
#include <string_view>

namespace jwtgate::store {

/// Logs when a connection begins to fail and when it works again: a line each, however many requests that
/// meets. Used by one thread, but for `reason`.
class outage {
public:
    explicit outage(core::log const& log) noexcept : log_{log} {}

    void failed(std::string_view reason);
    void worked();

    /// What one job threw. It is logged by itself, and no outage, when the database did not fail in it: a
    /// row that cannot be read say.
    void met(std::exception const& failure);

    /// Why it failed the last time; empty once it has worked again.
    std::string reason() const;

private:
    void remember(std::string_view reason);

    core::log const& log_;
    bool failing_ = false;
    mutable std::mutex mutex_;
    std::string reason_;
};

}  // namespace jwtgate::store
