#include "app/command.hpp"

#include "app/text/printable.hpp"
#include "core/write.hpp"

#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace jwtgate::app {

int complain(std::string_view what, int status)
{
    core::write_in_time(STDERR_FILENO, "jwtgate: " + printable(what) + '\n');
    return status;
}

void print(std::string_view text)
{
    bool const is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (!is_written || std::fflush(stdout) != 0) throw std::runtime_error("cannot write to standard output");
}

loaded_config load(chosen_command const& given)
{
    return load_config(given.options, process_environment());
}

core::log log_of(loaded_config const& loaded)
{
    core::log log(loaded.values.log_level, loaded.values.log_format);
    for (auto const& warning : loaded.warnings) log.warn(warning);
    return log;
}

}  // namespace jwtgate::app
