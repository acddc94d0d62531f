#pragma once

#include "core/log/line_writer.hpp"
#include "core/log/log_line.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>

namespace jwtgate::core {

/// Writes one line an event to stderr, safe to call from any thread. It never throws and never waits: a full
/// disk, a closed pipe and one that nobody reads stop nothing. Where lines had to be dropped one line says
/// how many. Never hand it a secret.
class log {
public:
    log(log_level level, log_format format);

    /// Whether events of this level are written: to be asked before a line that costs something to make.
    bool is_on(log_level level) const noexcept { return level >= level_; }

    /// The views need to live until the call returns only.
    void debug(std::string_view event, std::initializer_list<log_field> fields = {}) const noexcept;
    void info(std::string_view event, std::initializer_list<log_field> fields = {}) const noexcept;
    void warn(std::string_view event, std::initializer_list<log_field> fields = {}) const noexcept;
    void error(std::string_view event, std::initializer_list<log_field> fields = {}) const noexcept;

    /// Waits until stderr has what was logged, for write_patience at most; so does the destructor.
    void flush() const noexcept { writer_->flush(); }

    /// How many lines had to be dropped so far.
    std::uint64_t dropped() const noexcept { return writer_->dropped(); }

private:
    void write(log_level level, std::string_view event, std::initializer_list<log_field> fields)
        const noexcept;

    log_level level_;
    log_format format_;
    std::unique_ptr<line_writer> writer_;
};

}  // namespace jwtgate::core
