#pragma once

#include <cstddef>
#include <cstdint>

namespace jwtgate::api {

/// What the system says of this process.
struct process_figures {
    std::uint64_t resident_bytes = 0;
    std::uint64_t open_files = 0;
    std::int64_t started_at = 0;  ///< seconds since 1970
};

/// How a server stands at one moment, beside what its workers count.
struct server_figures {
    std::size_t connections = 0;
    std::size_t ended_sessions = 0;
    std::size_t waiting_passwords = 0;
    std::uint64_t dropped_log_lines = 0;
    process_figures process;
};

}  // namespace jwtgate::api
