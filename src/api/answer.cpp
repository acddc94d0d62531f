#include "api/answer.hpp"

#include "api/dto.hpp"
#include "api/errors.hpp"
#include "auth/error.hpp"

#include <string>

namespace jwtgate::api {
namespace {

constexpr std::string_view json_type = "application/json";

std::string_view challenge(core::error_code why) noexcept
{
    bool const token_was_sent = why != errc::token_missing && why != auth::errc::bad_credentials;
    return token_was_sent ? R"(Bearer realm="jwtgate", error="invalid_token")" : R"(Bearer realm="jwtgate")";
}

}  // namespace

void begin_answer(http::response& res, unsigned status)
{
    res.start(status);
    res.add_lines("Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
}

void answer_json(http::response& res, std::string_view body)
{
    begin_answer(res, 200);
    res.finish(json_type, body);
}

void begin_refusal(http::response& res, core::error_code why)
{
    auto const status = describe(why).status;
    begin_answer(res, status);
    if (status == 401) res.add("WWW-Authenticate", challenge(why));
    if (status == 503) res.add("Retry-After", "1");
}

void refuse(http::response& res, core::error_code why)
{
    refuse(res, why, describe(why).message);
}

void refuse(http::response& res, core::error_code why, std::string_view message)
{
    refuse(res, why, message, std::chrono::seconds{0});
}

void refuse(http::response& res, core::error_code why, std::string_view message, std::chrono::seconds wait)
{
    begin_refusal(res, why);
    if (wait.count() > 0) res.add("Retry-After", std::to_string(wait.count()));
    finish_refusal(res, why, message);
}

void refuse_request(http::response& res, http::refusal why)
{
    auto const shown = describe(why);
    begin_answer(res, shown.status);
    res.finish(json_type, error_json(shown.message, shown.code));
}

void finish_refusal(http::response& res, core::error_code why)
{
    finish_refusal(res, why, describe(why).message);
}

void finish_refusal(http::response& res, core::error_code why, std::string_view message)
{
    res.finish(json_type, error_json(message, describe(why).code));
}

}  // namespace jwtgate::api
