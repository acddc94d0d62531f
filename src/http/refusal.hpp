#pragma once

namespace jwtgate::http {

/// Why the server itself refuses a request, before an application sees it.
enum class refusal {
    malformed,            ///< 400: anything that RFC 9112 does not allow
    target_too_large,     ///< 414
    header_too_large,     ///< 431
    body_too_large,       ///< 413
    length_required,      ///< 411: any Transfer-Encoding
    unsupported_version,  ///< 505: neither HTTP/1.0 nor 1.1
    timed_out,            ///< 408: header or body did not arrive in time
    failed,               ///< 500: the handler threw
};

}  // namespace jwtgate::http
