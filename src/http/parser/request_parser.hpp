#pragma once

#include "http/limits.hpp"
#include "http/parser/request_head.hpp"
#include "http/refusal.hpp"
#include "http/request.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace jwtgate::http {

/// The request has not come completely.
struct need_more {
    bool in_body = false;         ///< its head has
    bool wants_continue = false;  ///< the client waits for `100 Continue` before it sends the body
};

/// A complete request.
struct parsed_request {
    http::request request;  ///< views into the bytes that were fed, except for peer_address, which is empty
    std::size_t size = 0;   ///< how many of the bytes it takes
    bool http_1_0 = false;
    bool keep_alive = false;  ///< the client leaves the connection open (RFC 9112 section 9.3)
};

using parse_result = std::variant<need_more, parsed_request, refusal>;

/// Whether somebody wants the body that this head declares.
using body_rule = std::function<bool(request const& head)>;

/// Frames one request after the other, strictly (RFC 9112): what a proxy could read in another way is
/// refused. Sans-I/O.
class request_parser {
public:
    /// `limits` must outlive the parser. A request whose body nobody wants is complete with its head, has no
    /// body, and is the last one of its connection.
    request_parser(limits const& limits, body_rule wants_body) noexcept
        : limits_{limits}, wants_body_{std::move(wants_body)}
    {}

    /// `bytes` is all that has come since the end of the last request: the same again and more after
    /// need_more, though not necessarily at the same address. The outcome does not depend on how the bytes
    /// were cut. The fields of a parsed request live in the parser, until reset. Behind a refusal the
    /// connection cannot go on.
    parse_result feed(std::string_view bytes);

    /// Makes ready for the next request.
    void reset() noexcept;

private:
    std::optional<refusal> scan(std::string_view bytes);
    std::optional<refusal> check_octets(std::string_view line) const noexcept;
    std::optional<refusal> end_line(std::string_view lines);
    std::optional<refusal> read_head(std::string_view bytes);
    std::optional<refusal> frame_body();

    limits const& limits_;
    body_rule wants_body_;
    std::vector<field> fields_;
    request_head head_;
    char const* head_at_ = nullptr;  // what the views of head_ point into
    std::size_t begin_ = 0;          // of the request line
    std::size_t line_ = 0;           // where the line begins that is not complete
    std::size_t head_end_ = 0;       // 0: not found
};

}  // namespace jwtgate::http
