#include "cli/command.hpp"

#include "core/write.hpp"
#include "text/printable.hpp"

#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace jwtgate::cli {

int complain(std::string_view what, int status)
{
    core::write_in_time(STDERR_FILENO, "jwtgate: " + text::printable(what) + '\n');
    return status;
}

void print(std::string_view text)
{
    bool const is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (!is_written || std::fflush(stdout) != 0) throw std::runtime_error("cannot write to standard output");
}

config::loaded load(chosen_command const& given)
{
    return config::load(given.options, config::process_environment());
}

core::log log_of(config::loaded const& loaded)
{
    core::log log(loaded.values.log_level, loaded.values.log_format);
    for (auto const& warning : loaded.warnings) log.warn(warning);
    return log;
}

}  // namespace jwtgate::cli
