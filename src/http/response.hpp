#pragma once

#include "http/out_buffer.hpp"

#include <chrono>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace jwtgate::http {

/// Appends one answer to the connection's out buffer: start, then fields, then exactly one of the finish
/// functions.
class response {
public:
    /// What the server knows of the exchange.
    struct frame {
        bool head = false;               ///< the request was HEAD: the body is left out, its length is not
        bool close = false;              ///< say `Connection: close`
        bool http_1_0 = false;           ///< say `Connection: keep-alive` when not closing
        std::string_view date;           ///< the whole cached `Date: ...\r\n` line
        bool const* draining = nullptr;  ///< true when the answer is finished: as close
    };

    response(out_buffer& out, frame exchange) noexcept : out_{out}, frame_{exchange} {}

    /// Status line and Date. Called again before finish, it throws away what was written of this answer.
    void start(unsigned status);

    /// Fields that this answer carries whatever becomes of it: whole lines with their ends, which outlive it.
    /// Before `start`.
    void carry(std::string_view fields) noexcept { carried_ = fields; }

    /// Throws std::invalid_argument, so that the answer becomes a 500, when name or value hold a control
    /// octet other than a tab: whoever adds a value has to know its grammar.
    void add(std::string_view name, std::string_view value);

    /// The same, where `write` appends the value to what it is called with.
    template <std::invocable<out_buffer&> Write>
    void add(std::string_view name, Write write)
    {
        auto const begin = begin_field(name);
        write(out_);
        end_field(begin);
    }

    /// Whole lines with their ends, which are not looked at.
    void add_lines(std::string_view fields) { out_ += fields; }

    /// Content-Type, Content-Length, blank line, body.
    void finish(std::string_view content_type, std::string_view body);

    /// `Content-Length: 0` and no body (none of both for 204).
    void finish_empty();

    /// The connection ends behind this answer; before finish.
    void close() noexcept { frame_.close = true; }

    bool finished() const noexcept { return finished_; }

    /// What was started; 0 before.
    unsigned status() const noexcept { return status_; }

    bool closes() const noexcept { return frame_.close || (frame_.draining != nullptr && *frame_.draining); }

private:
    out_buffer::size_type begin_field(std::string_view name);
    void end_field(out_buffer::size_type begin);
    void end_head(std::size_t length);

    out_buffer& out_;
    frame frame_;
    std::string_view carried_;
    out_buffer::size_type begin_ = 0;
    unsigned status_ = 0;
    bool started_ = false;
    bool finished_ = false;
};

/// The Date field of answers (RFC 9110 section 6.6.1), built once a second.
class date_line {
public:
    /// The whole line with its end. The view changes with the next call for another second.
    std::string_view at(std::chrono::sys_seconds now);

private:
    void build(std::chrono::sys_seconds now);

    std::chrono::sys_seconds built_for_{std::chrono::seconds{-1}};
    std::string line_;
};

}  // namespace jwtgate::http
