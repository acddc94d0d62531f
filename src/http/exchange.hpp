#pragma once

#include "core/log/log.hpp"
#include "core/task.hpp"
#include "http/application.hpp"
#include "http/limits.hpp"
#include "http/out_buffer.hpp"
#include "http/parser/request_parser.hpp"
#include "http/read_buffer.hpp"
#include "http/refusal.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace jwtgate::http {

/// When a thread began with what it is at, which is a fraction of a millisecond ago.
struct moment {
    std::chrono::steady_clock::time_point time;
    std::string_view date;  ///< the Date line of an answer that is made now
};

/// What the exchanges of one worker share; it outlives them.
struct surroundings {
    application& served;
    http::limits const& limits;
    core::log const& log;
    moment const& now;
    bool const& draining;
};

/// From the bytes that come to the bytes that go: the requests of one connection and their answers, without
/// its socket. A connection that has none under way needs no exchange.
class exchange {
public:
    /// What the connection has to do next. Behind each of them what is in `out` is sent.
    enum class step {
        read,           ///< more bytes
        await_handler,  ///< run_handler
        flush,          ///< nothing else: there is more to answer
        end,            ///< the last answer has been made
    };

    explicit exchange(surroundings around);

    /// Whom the requests come from; the view outlives what is under way.
    void set_peer(std::string_view address) noexcept { request_.peer_address = address; }

    read_buffer& in() noexcept { return in_; }

    out_buffer& out() noexcept { return out_; }

    /// What was sent held tokens, so it is wiped.
    void forget(std::size_t sent);

    /// Answers what has come, until there is something to wait for.
    step advance();

    /// The answer of a handler that waits; `out` is empty when it begins.
    core::task<void> run_handler();

    /// No request comes any more, for this reason, which the client is told.
    void refuse(refusal why);

    /// What is missing of the request that `advance` could not read.
    need_more const& missing() const noexcept { return missing_; }

    /// How many requests have been read.
    std::size_t requests() const noexcept { return requests_; }

    /// Nothing is under way.
    bool empty() const noexcept { return in_.empty() && out_.empty(); }

    /// Gives back what it holds beyond a usual request and its answer. When it is empty.
    void shrink();

private:
    bool answer(parsed_request const& parsed);
    response::frame frame_of(parsed_request const& parsed) const noexcept;
    void end_answer();
    void fail(std::string_view reason);
    void lack(need_more const& missing);

    surroundings around_;
    read_buffer in_;
    out_buffer out_;
    request_parser parser_;
    request request_;
    std::optional<response> response_;
    core::task<void> handler_;
    need_more missing_;
    std::size_t requests_ = 0;
    std::size_t request_size_ = 0;  // of the last one
    std::size_t answer_begin_ = 0;  // in out_
    bool continue_sent_ = false;
    bool closing_ = false;  // behind what is in out_
};

}  // namespace jwtgate::http
