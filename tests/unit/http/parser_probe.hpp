#pragma once

#include "http/request_parser.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace jwtgate::http::test {

constexpr limits small{.header = 2048, .target = 100, .body = 50};

inline bool wants_body(request const& head)
{
    return head.path != "/no-body";
}

/// What a test compares: all that the parser found, or why it did not.
inline std::string described(parsed_request const& parsed)
{
    auto const& req = parsed.request;
    std::string all{req.method};
    all.append(" ").append(req.path).append(" ?").append(req.query);
    all.append(parsed.http_1_0 ? " 1.0" : " 1.1").append(parsed.keep_alive ? " keep" : " close");
    for (auto const& each : req.fields)
        all.append(" ").append(each.name).append("=<").append(each.value).append(">");
    return all.append(" ").append(req.body);
}

inline std::string described(parse_result const& result)
{
    if (auto const* const why = std::get_if<refusal>(&result))
        return "refused " + std::to_string(static_cast<int>(*why));
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

}  // namespace jwtgate::http::test
