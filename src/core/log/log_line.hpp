#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace jwtgate::core {

enum class log_level { debug, info, warn, error, off };
enum class log_format { text, json };

/// One named value of a log line.
struct log_field {
    std::string_view name;
    std::string_view value;
};

/// What one line says.
struct log_record {
    std::chrono::system_clock::time_point time;
    log_level level;
    std::string_view event;
    std::span<log_field const> fields;
};

/// The line of a record with its end, in UTC. Values are quoted and escaped, so that no input can forge a
/// second line, and at most 256 bytes long: a longer one ends in "..." there. A text line is printable ASCII:
/// other octets are \xNN (\u00NN below U+0020), from which all can be had back. In JSON, what is not UTF-8 is
/// replaced by U+FFFD.
std::string log_line(log_format format, log_record const& record);

}  // namespace jwtgate::core
