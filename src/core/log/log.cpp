#include "core/log/log.hpp"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

namespace jwtgate::core {
namespace {

// Some thousand lines: a reader may pause for seconds.
constexpr std::size_t capacity = std::size_t{1024} * 1024;

std::string dropped_line(log_format format, std::size_t count)
{
    auto const number = std::to_string(count);
    std::array const fields{log_field{"count", number}};
    auto const now = std::chrono::system_clock::now();
    return log_line(
        format, {.time = now, .level = log_level::warn, .event = "log lines dropped", .fields = fields}
    );
}

}  // namespace

log::log(log_level level, log_format format)
    : level_{level},
      format_{format},
      writer_{std::make_unique<line_writer>(STDERR_FILENO, capacity, [format](std::size_t count) {
          return dropped_line(format, count);
      })}
{}

void log::debug(std::string_view event, std::initializer_list<log_field> fields) const noexcept
{
    write(log_level::debug, event, fields);
}

void log::info(std::string_view event, std::initializer_list<log_field> fields) const noexcept
{
    write(log_level::info, event, fields);
}

void log::warn(std::string_view event, std::initializer_list<log_field> fields) const noexcept
{
    write(log_level::warn, event, fields);
}

void log::error(std::string_view event, std::initializer_list<log_field> fields) const noexcept
{
    write(log_level::error, event, fields);
}

void log::write(log_level level, std::string_view event, std::initializer_list<log_field> fields)
    const noexcept
try {
    if (!is_on(level)) return;
    auto const now = std::chrono::system_clock::now();
    writer_->push(log_line(format_, {.time = now, .level = level, .event = event, .fields = fields}));

} catch (...) {  // out of memory: the request matters more than its line
}

}  // namespace jwtgate::core
