#pragma once

#include "http/parser/request_parser.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace jwtgate::http::test {

constexpr limits small{.header = 2048, .target = 100, .body = 50};

inline bool wants_body(request const& head)
{
    return head.path != "/auth";
}

/// The status of the answer.
inline int status_of(refusal why)
{
    switch (why) {
        case refusal::malformed:
            return 400;
        case refusal::timed_out:
            return 408;
        case refusal::length_required:
            return 411;
        case refusal::body_too_large:
            return 413;
        case refusal::target_too_large:
            return 414;
        case refusal::header_too_large:
            return 431;
        case refusal::failed:
            return 500;
        case refusal::unsupported_version:
            break;
    }
    return 505;
}

/// What a test compares: all that the parser found, or why it did not. "keep 1.1 GET /a?b Host=<h> body=<c>".
inline std::string described(parsed_request const& parsed)
{
    auto const& req = parsed.request;
    std::string all{parsed.keep_alive ? "keep" : "close"};
    all.append(parsed.http_1_0 ? " 1.0 " : " 1.1 ").append(req.method).append(" ").append(req.path);
    if (!req.query.empty()) all.append("?").append(req.query);
    for (auto const& each : req.fields)
        all.append(" ").append(each.name).append("=<").append(each.value).append(">");
    if (!req.body.empty()) all.append(" body=<").append(req.body).append(">");
    return all;
}

inline std::string described(parse_result const& result)
{
    if (auto const* const why = std::get_if<refusal>(&result))
        return "refused " + std::to_string(status_of(*why));
    if (auto const* const more = std::get_if<need_more>(&result))
        return more->in_body ? "needs body" : "needs head";
    return described(std::get<parsed_request>(result));
}

inline std::string described(std::string_view text)
{
    request_parser parser{small, wants_body};
    return described(parser.feed(text));
}

/// A copy of each prefix, so that nothing can hang on to the bytes of the call before.
inline std::string fed_in_parts(std::string_view text, std::size_t step)
{
    request_parser parser{small, wants_body};
    std::string outcome;
    for (std::size_t size = step;; size += step) {
        std::string const prefix{text.substr(0, size)};
        auto const result = parser.feed(prefix);
        outcome = described(result);
        if (!std::holds_alternative<need_more>(result) || size >= text.size()) return outcome;
    }
}

/// Two of them.
inline std::string fed_in_two(std::string_view text, std::size_t cut)
{
    request_parser parser{small, wants_body};
    std::string const part{text.substr(0, cut)};
    auto const result = parser.feed(part);
    return described(std::holds_alternative<need_more>(result) ? parser.feed(text) : result);
}

}  // namespace jwtgate::http::test
