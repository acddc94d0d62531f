#pragma once

namespace jwtgate::app {

/// What the program sets up before it does anything: a closed pipe or a full disk is an error of one write,
/// and no file that is opened later can take the place of a standard stream that was closed. Also does what
/// follows.
void prepare_process();

/// Has SIGINT, SIGTERM and SIGHUP end the first process of a container as they end any other: for that one
/// the system takes no default action.
void end_on_signals_as_init();

/// Ends the program at once, with the status that a shell gives one that a signal ended. A signal handler may
/// call it.
[[noreturn]] void end_by_signal(int signal) noexcept;

}  // namespace jwtgate::app
