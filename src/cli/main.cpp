#include "app/process.hpp"
#include "cli/command.hpp"
#include "cli/command_line.hpp"

#include <exception>

int main(int argc, char** argv)
try {
    jwtgate::app::prepare_process();
    return jwtgate::cli::run_command_line(argc, argv);

} catch (std::exception const& error) {
    return jwtgate::cli::complain(error.what(), jwtgate::cli::exit_status::refused);
}
