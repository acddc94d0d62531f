#pragma once

#include "api/control/key_message.hpp"
#include "core/log/log.hpp"
#include <jwtgate/jwt/key_ring.hpp>

#include <filesystem>
#include <mutex>
#include <string>

namespace jwtgate::app {

/// Has the ring follow the key file when it is told to, from any thread.
class key_reload {
public:
    /// All of them outlive it.
    key_reload(std::filesystem::path const& file, jwt::key_ring& ring, core::log const& log) noexcept
        : file_{file}, ring_{ring}, log_{log}
    {}

    /// Puts the keys in force that the file now holds. When it cannot be used, the old ones stay; returns one
    /// line that says why, empty when it was done.
    std::string reload();

    /// The same for a file that a command has changed, unless that is another one than ours.
    api::key_reply follow(std::string const& changed_file);

private:
    std::filesystem::path const& file_;
    jwt::key_ring& ring_;
    core::log const& log_;
    std::mutex reading_;  // until the ring has them: what was read later is put in force later
};

}  // namespace jwtgate::app
