#include "cli/users/password_prompt.hpp"

#include "app/process.hpp"
#include "cli/users/password_line.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <iostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <termios.h>
#include <utility>

namespace jwtgate::cli {
namespace {

termios terminal_before;  // for the handler

extern "C" void end_with_echo(int signal)
{
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
    app::end_by_signal(signal);
}

/// While it lives the terminal shows nothing of what is typed, and Ctrl-C ends even the first process of a
/// container, for which the system takes no default action.
class echo_off {
public:
    echo_off()
    {
        tcgetattr(STDIN_FILENO, &terminal_before);
        for (auto& ending : endings_) install(ending);
        auto without = terminal_before;
        without.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &without);
    }

    echo_off(echo_off const&) = delete;
    echo_off& operator=(echo_off const&) = delete;

    ~echo_off()
    {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
        for (auto const& ending : endings_) sigaction(ending.signal, &ending.before, nullptr);
    }

private:
    struct ending_signal {
        int signal;
        struct sigaction before;
    };

    static void install(ending_signal& ending)
    {
        struct sigaction handler {};

        handler.sa_handler = end_with_echo;
        sigaction(ending.signal, nullptr, &ending.before);
        if (ending.before.sa_handler != SIG_IGN) sigaction(ending.signal, &handler, nullptr);
    }

    std::array<ending_signal, 4> endings_{{{SIGINT, {}}, {SIGTERM, {}}, {SIGHUP, {}}, {SIGQUIT, {}}}};
};

// Room for the end of the line, and one byte that is too many.
constexpr std::size_t room = longest_password_input + 3;

/// Returns how many bytes were read, 0 at the end. A terminal gives one line at a time.
std::size_t read_into(std::string& text, std::size_t from)
{
    auto const got = read(STDIN_FILENO, text.data() + from, text.size() - from);
    if (got < 0)
        throw std::runtime_error("cannot read standard input: " + std::generic_category().message(errno));
    return static_cast<std::size_t>(got);
}

core::secret password_of(core::secret const& input)
{
    auto password = password_in(input);
    if (!password) throw std::runtime_error(password.error().line());
    return std::move(*password);
}

core::secret ask(char const* question)
{
    std::cerr << question << std::flush;
    std::string line(room, '\0');
    {
        echo_off const quiet;
        line.resize(read_into(line, 0));
    }
    std::cerr << '\n';
    return password_of(core::secret(std::move(line)));
}

}  // namespace

core::secret read_password()
{
    std::string text(room, '\0');
    std::size_t size = 0;
    for (auto got = read_into(text, 0); got > 0 && size < text.size(); got = read_into(text, size))
        size += got;
    text.resize(size);
    return password_of(core::secret(std::move(text)));
}

core::secret ask_for_password()
{
    if (isatty(STDIN_FILENO) == 0)
        throw std::runtime_error("standard input is no terminal: give the password with --password-stdin");
    auto first = ask("Password: ");
    auto const second = ask("Again: ");
    if (first.reveal() != second.reveal()) throw std::runtime_error("the two passwords differ");
    return first;
}

}  // namespace jwtgate::cli
