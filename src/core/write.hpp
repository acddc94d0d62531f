#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace jwtgate::core {

/// How long anybody waits for a descriptor that takes nothing: a pipe that nobody reads, a terminal behind
/// Ctrl-S.
inline constexpr std::chrono::milliseconds write_patience{500};

/// Writes all of it, in one piece where the descriptor takes one. False when it refuses (closed pipe, full
/// disk). Blocks for as long as it takes nothing, also when another process made it non-blocking.
bool write_all(int descriptor, std::string_view bytes) noexcept;

/// The same, but gives up after write_patience: then false.
bool write_in_time(int descriptor, std::string bytes);

/// Runs `work` on a thread that gets no signal (so a closed pipe is an error of one write) and that nobody
/// joins: where a write keeps it for ever, it ends with the process. `work` must own all that it touches.
void run_detached(std::function<void()> work);

}  // namespace jwtgate::core
