#pragma once

#include "core/log/log.hpp"

#include <string_view>

namespace jwtgate::store {

/// Logs when a connection begins to fail and when it works again: a line each, however many requests that
/// meets. Used by one thread.
class outage {
public:
    explicit outage(core::log const& log) noexcept : log_{log} {}

    void failed(std::string_view reason) noexcept;
    void worked() noexcept;

private:
    core::log const& log_;
    bool failing_ = false;
};

}  // namespace jwtgate::store
