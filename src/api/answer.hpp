#pragma once

#include "core/result.hpp"
#include "http/refusal.hpp"
#include "http/response.hpp"

#include <chrono>
#include <string_view>

namespace jwtgate::api {

/// Starts an answer: status and the fields that every answer carries.
void begin_answer(http::response& res, unsigned status);

/// 200 with a JSON body.
void answer_json(http::response& res, std::string_view body);

/// Starts a refusal: status, WWW-Authenticate with 401 (RFC 6750 section 3), Retry-After with 503. More
/// fields may follow.
void begin_refusal(http::response& res, core::error_code why);

/// The whole refusal: `{"msg","error"}`.
void refuse(http::response& res, core::error_code why);

/// The same with a text of its own, for the refusals that name what was looked for.
void refuse(http::response& res, core::error_code why, std::string_view message);

/// The same with Retry-After for what is worth another attempt in that time; 0: nothing is said of it.
void refuse(http::response& res, core::error_code why, std::string_view message, std::chrono::seconds wait);

/// The refusal of a request that the server itself could not take.
void refuse_request(http::response& res, http::refusal why);

/// Ends a refusal that begin_refusal started.
void finish_refusal(http::response& res, core::error_code why);
void finish_refusal(http::response& res, core::error_code why, std::string_view message);

}  // namespace jwtgate::api
