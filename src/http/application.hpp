#pragma once

#include "core/task.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace jwtgate::http {

/// Why the server itself refuses a request, before an application sees it.
enum class refusal {
    malformed,             ///< 400: anything that RFC 9112 does not allow
    target_too_large,      ///< 414
    header_too_large,      ///< 431
    body_too_large,        ///< 413
    length_required,       ///< 411: any Transfer-Encoding
    unsupported_version,   ///< 505: neither HTTP/1.0 nor 1.1
    timed_out,             ///< 408: header or body did not arrive in time
    failed,                ///< 500: the handler threw
};

/// What a server serves. One object a worker: calls never overlap in time on different threads, but while one handler
/// waits another may start.
class application {
public:
    application() = default;
    application(application const&) = delete;
    application& operator=(application const&) = delete;
    virtual ~application() = default;

    /// Answers `req` into `res`. Both live until the task is done. An empty task (not valid()) means that the answer is
    /// complete already, so that a handler which needs not wait costs no coroutine.
    virtual core::task<void> handle(request const& req, response& res) = 0;

    /// Words the server's own refusal; the connection is closed behind it.
    virtual void refuse(refusal why, response& res) noexcept = 0;
};

}  // namespace jwtgate::http
