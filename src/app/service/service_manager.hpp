#pragma once

#include "core/descriptor.hpp"
#include "core/log/log.hpp"

#include <sys/un.h>

#include <string>
#include <string_view>

namespace jwtgate::app {

/// The service manager that started this process, which is told how it does: sd_notify(3). What fails there
/// is logged once and stops nothing; no call takes longer than half a second.
class service_manager {
public:
    /// `socket` as NOTIFY_SOCKET has it: a path, or @NAME of an abstract one; with an empty one nobody is
    /// told. `log` outlives it.
    service_manager(std::string_view socket, core::log const& log);

    /// Whoever waits for the program may ask it now; also behind reloading().
    void ready();

    void reloading();
    void stopping();

    /// To be called at least once in the time of the watchdog.
    void alive();

private:
    void take_address(std::string_view socket);
    void tell(std::string_view state);
    void complain_once(std::string_view reason);

    core::log const& log_;
    core::descriptor socket_;
    sockaddr_un address_{};
    socklen_t address_size_ = 0;
    bool complained_ = false;
};

}  // namespace jwtgate::app
