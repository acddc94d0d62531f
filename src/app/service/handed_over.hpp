#pragma once

#include "config/load.hpp"

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace jwtgate::app {

/// What a service manager such as systemd hands to a program that it starts, by variables.
struct handed_over {
    std::vector<int> sockets;   ///< descriptors of what to listen on: sd_listen_fds(3)
    std::string notify_socket;  ///< where it is told how the program does, sd_notify(3); empty: nowhere

    /// It restarts a program that gives no sign of life for so long: sd_watchdog_enabled(3).
    std::optional<std::chrono::microseconds> watchdog;
};

/// What these variables hand to the process `self`; what they hand to another one is not looked at. Throws
/// std::runtime_error with one line when LISTEN_FDS is no number of sockets.
handed_over handed_to(pid_t self, config::environment const& variables);

/// Takes what is meant for this process out of its environment, so that no child believes it is for it. While
/// there is one thread. Throws as above.
handed_over take_handed_over();

}  // namespace jwtgate::app
