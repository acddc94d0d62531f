#pragma once

#include <chrono>
#include <cstddef>

namespace jwtgate::http {

/// Sizes in bytes, times for the whole of a phase: dripping does not prolong them.
struct limits {
    std::size_t header = std::size_t{40} * 1024;
    std::size_t target = std::size_t{8} * 1024;
    std::size_t body = std::size_t{16} * 1024;
    std::size_t connections = 10'000;  ///< a worker
    std::chrono::milliseconds header_timeout{10'000};
    std::chrono::milliseconds body_timeout{10'000};
    std::chrono::milliseconds write_timeout{10'000};
    std::chrono::milliseconds idle_timeout{75'000};
    std::chrono::milliseconds drain_timeout{10'000};
};

}  // namespace jwtgate::http
