#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace jwtgate::core {

enum class log_level { debug, info, warn, error, off };
enum class log_format { text, json };

/// One named value of a log line. Both views need to live until the call returns only.
struct log_field {
    std::string_view name;
    std::string_view value;
};

/// Writes one line an event to stderr, in UTC, safe to call from any thread. Values are quoted and escaped,
/// so that no input can forge a second line. It never throws and a full disk or closed pipe stops nothing.
/// Never hand it a secret.
class log {
public:
    log(log_level level, log_format format);

    void debug(std::string_view event, std::initializer_list<log_field> fields = {}) const noexcept;
    void info(std::string_view event, std::initializer_list<log_field> fields = {}) const noexcept;
    void warn(std::string_view event, std::initializer_list<log_field> fields = {}) const noexcept;
    void error(std::string_view event, std::initializer_list<log_field> fields = {}) const noexcept;

private:
    std::shared_ptr<spdlog::logger> logger_;
    log_format format_;
};

}  // namespace jwtgate::core
