#pragma once

#include "core/task.hpp"
#include "http/refusal.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <string_view>

namespace jwtgate::http {

/// What a server serves. One object a worker: calls never overlap in time on different threads, but while one
/// handler waits another may start.
class application {
public:
    application() = default;
    application(application const&) = delete;
    application& operator=(application const&) = delete;
    virtual ~application() = default;

    /// Answers `req` into `res`. Both live until the task is done. An empty task (not valid()) means that the
    /// answer is complete already, so that a handler which needs not wait costs no coroutine. A task that
    /// waits starts its answer only when it runs: what was answered before is sent first.
    virtual core::task<void> handle(request const& req, response& res) = 0;

    /// Whether `handle` needs the body that this head declares. Where not, it is neither waited for nor read,
    /// and the connection is closed behind the answer.
    virtual bool wants_body(request const& /*head*/) const noexcept { return true; }

    /// Words the server's own refusal of what came from this address of a socket; the connection is closed
    /// behind it.
    virtual void refuse(refusal why, std::string_view peer_address, response& res) noexcept = 0;
};

}  // namespace jwtgate::http
