#include "app/command.hpp"
#include "app/command_line.hpp"
#include "app/process.hpp"

#include <exception>

int main(int argc, char** argv)
try {
    jwtgate::app::prepare_process();
    return jwtgate::app::run_command_line(argc, argv);

} catch (std::exception const& error) {
    return jwtgate::app::complain(error.what(), jwtgate::app::exit_status::refused);
}
