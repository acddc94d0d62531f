#include "app/process.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <initializer_list>

namespace jwtgate::app {
namespace {

extern "C" void end_at_once(int signal)
{
    end_by_signal(signal);
}

/// Opened to read only: what is written there fails, as it would have.
void fill_standard_streams()
{
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; ++number) {
        if (fcntl(number, F_GETFD) >= 0) continue;
        static_cast<void>(open("/dev/null", O_RDONLY | O_NOCTTY));  // the lowest number that is free
    }
}

}  // namespace

void prepare_process()
{
    fill_standard_streams();
    for (int const written : {SIGPIPE, SIGXFSZ}) static_cast<void>(std::signal(written, SIG_IGN));
    end_on_signals_as_init();
}

void end_on_signals_as_init()
{
    if (getpid() != 1) return;
    for (int const ending : {SIGINT, SIGTERM, SIGHUP}) static_cast<void>(std::signal(ending, end_at_once));
}

void end_by_signal(int signal) noexcept
{
    constexpr int first_of_signals = 128;
    _exit(first_of_signals + signal);
}

}  // namespace jwtgate::app
