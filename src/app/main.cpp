#include "app/command_line.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv)
try {
    return jwtgate::app::run_command_line(argc, argv);

} catch (std::exception const& error) {
    std::fprintf(stderr, "jwtgate: %s\n", error.what());
    return 1;
}
