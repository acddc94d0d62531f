#include "app/users/password_prompt.hpp"

#include <unistd.h>

#include <iostream>
#include <stdexcept>
#include <string>
#include <termios.h>

namespace jwtgate::app {
namespace {

class echo_off {
public:
    echo_off()
    {
        tcgetattr(STDIN_FILENO, &before_);
        auto without = before_;
        without.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &without);
    }

    echo_off(echo_off const&) = delete;
    echo_off& operator=(echo_off const&) = delete;

    ~echo_off() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

private:
    termios before_{};
};

core::secret ask(char const* question)
{
    std::cerr << question << std::flush;
    echo_off const quiet;
    auto answer = read_password_line();
    std::cerr << '\n';
    return answer;
}

}  // namespace

core::secret read_password_line()
{
    std::string line;
    if (!std::getline(std::cin, line)) throw std::runtime_error("no password on standard input");
    return core::secret(std::move(line));
}

core::secret ask_for_password()
{
    if (isatty(STDIN_FILENO) == 0) {
        throw std::runtime_error("standard input is no terminal: give the password with --password-stdin");
    }
    auto first = ask("Password: ");
    auto const second = ask("Again: ");
    if (first.reveal() != second.reveal()) throw std::runtime_error("the two passwords differ");
    return first;
}

}  // namespace jwtgate::app
