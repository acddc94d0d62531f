#include "core/log.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <string>

namespace jwtgate::core {
namespace {

using spdlog::level::level_enum;

bool is_plain(char c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
}

std::string escape_non_ascii(std::string_view json)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (char c : json) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x7f) {
            out += c;
        } else {
            out += "\\x";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

std::string quoted(std::string_view value)
{
    return boost::json::serialize(boost::json::value(boost::json::string(value)));
}

std::string text_line(std::string_view event, std::initializer_list<log_field> fields)
{
    std::string line(event);
    for (auto const& field : fields) {
        line.append(" ").append(field.name).append("=");
        bool const plain = !field.value.empty() && std::ranges::all_of(field.value, is_plain);
        line += plain ? std::string(field.value) : escape_non_ascii(quoted(field.value));
    }
    return line;
}

std::string json_members(std::string_view event, std::initializer_list<log_field> fields)
{
    std::string line = "\"event\":" + quoted(event);
    for (auto const& field : fields)
        line.append(",").append(quoted(field.name)).append(":").append(quoted(field.value));
    return line;
}

level_enum to_spdlog(log_level level)
{
    switch (level) {
        case log_level::debug:
            return level_enum::debug;
        case log_level::info:
            return level_enum::info;
        case log_level::warn:
            return level_enum::warn;
        case log_level::error:
            return level_enum::err;
        case log_level::off:
            break;
    }
    return level_enum::off;
}

void write(
    spdlog::logger& logger,
    log_format format,
    level_enum level,
    std::string_view event,
    std::initializer_list<log_field> fields
) noexcept
try {
    if (!logger.should_log(level)) return;
    auto const line = format == log_format::text ? text_line(event, fields) : json_members(event, fields);
    logger.log(level, spdlog::string_view_t(line.data(), line.size()));

} catch (...) {  // out of memory: the request matters more than its line
}

}  // namespace

log::log(log_level level, log_format format)
    : logger_{std::make_shared<spdlog::logger>("jwtgate", std::make_shared<spdlog::sinks::stderr_sink_mt>())},
      format_{format}
{
    auto const* const pattern = format == log_format::text
                                    ? "%Y-%m-%dT%H:%M:%S.%eZ %l %v"
                                    : R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";
    logger_->set_formatter(
        std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc)
    );
    logger_->set_level(to_spdlog(level));
    logger_->set_error_handler([](std::string const&) {});
}

void log::debug(std::string_view event, std::initializer_list<log_field> fields) const noexcept
{
    write(*logger_, format_, level_enum::debug, event, fields);
}

void log::info(std::string_view event, std::initializer_list<log_field> fields) const noexcept
{
    write(*logger_, format_, level_enum::info, event, fields);
}

void log::warn(std::string_view event, std::initializer_list<log_field> fields) const noexcept
{
    write(*logger_, format_, level_enum::warn, event, fields);
}

void log::error(std::string_view event, std::initializer_list<log_field> fields) const noexcept
{
    write(*logger_, format_, level_enum::err, event, fields);
}

}  // namespace jwtgate::core
