#include "http/parser/request_parser.hpp"

#include "http/parser/control_octets.hpp"
#include "http/parser/head_reader.hpp"
#include "http/parser/plain_head.hpp"

#include <algorithm>

namespace jwtgate::http {
namespace {

// What most heads need; the memory for more is given back behind each request.
constexpr std::size_t usual_fields = 64;

}  // namespace

// Most requests come whole and plain. What such a head says, head_reader would say too.
parse_result request_parser::feed(std::string_view bytes)
{
    if (line_ == 0 && head_end_ == 0) {
        if (auto const size = read_plain_head(bytes, limits_, head_, fields_); size > 0)
            return parsed_request{.request = head_.request, .size = size, .keep_alive = true};
    }
    if (auto const why = scan(bytes)) return *why;
    if (head_end_ == 0) return need_more{};
    if (auto const why = read_head(bytes)) return *why;
    auto const size = head_end_ + head_.content_length;
    if (bytes.size() < size) {
        bool const is_body_missing = bytes.size() == head_end_;
        return need_more{.in_body = true, .wants_continue = head_.expects_continue && is_body_missing};
    }
    head_.request.body = bytes.substr(head_end_, head_.content_length);
    return parsed_request{
        .request = head_.request, .size = size, .http_1_0 = head_.http_1_0, .keep_alive = head_.keep_alive};
}

void request_parser::reset() noexcept
{
    head_at_ = nullptr;
    begin_ = line_ = head_end_ = 0;
    fields_.clear();
    if (fields_.capacity() > usual_fields) fields_.shrink_to_fit();
}

// Refuses at the first octet that makes the bytes wrong, so that the reason is the same however they are cut.
std::optional<refusal> request_parser::scan(std::string_view bytes)
{
    auto const window = bytes.substr(0, limits_.header);
    while (head_end_ == 0) {
        auto const end = window.find('\n', line_);
        if (auto const why = check_octets(window.substr(line_, end - line_))) return why;
        if (end == std::string_view::npos) {
            return window.size() == limits_.header ? std::optional{refusal::header_too_large} : std::nullopt;
        }
        if (auto const why = end_line(window.substr(0, end + 1))) return why;
    }
    return std::nullopt;
}

// `line` may lack its end. No folded line may reach the head_reader.
std::optional<refusal> request_parser::check_octets(std::string_view line) const noexcept
{
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with(' ') || line.starts_with('\t')) return refusal::malformed;
    bool target_too_large = false;
    if (line_ == begin_) {
        auto const target = std::min(line.find(' '), line.size());
        auto const longest = target + 1 + limits_.target;
        target_too_large = std::min(line.find(' ', target + 1), line.size()) > longest;
        if (target_too_large) line = line.substr(0, longest + 1);
    }
    if (has_control(line)) return refusal::malformed;
    return target_too_large ? std::optional{refusal::target_too_large} : std::nullopt;
}

// `lines` ends with the line feed of the last one. One empty line ahead of a request is passed over (RFC
// 9112 2.2).
std::optional<refusal> request_parser::end_line(std::string_view lines)
{
    auto const line = lines.substr(line_);
    if (!line.ends_with("\r\n")) return refusal::malformed;
    bool const is_first = line_ == begin_;
    bool const is_empty = line.size() == 2;
    line_ = lines.size();
    if (is_first && is_empty && begin_ == 0) {
        begin_ = line_;
    } else if (is_first) {
        return head_reader{head_, fields_}.read(line);
    } else if (is_empty) {
        head_end_ = line_;
    }
    return std::nullopt;
}

// Again when the bytes have moved: then what the views point into is gone.
std::optional<refusal> request_parser::read_head(std::string_view bytes)
{
    if (bytes.data() == head_at_) return std::nullopt;
    head_at_ = bytes.data();
    if (auto const why = head_reader{head_, fields_}.read(bytes.substr(begin_, head_end_ - begin_)))
        return why;
    return frame_body();
}

// A body that is left where it is cannot be told from a next request, so there is none.
std::optional<refusal> request_parser::frame_body()
{
    bool const has_body = head_.transfer_encoded || head_.content_length > 0;
    if (has_body && !wants_body_(head_.request)) {
        head_.content_length = 0;
        head_.keep_alive = false;
        return std::nullopt;
    }
    if (head_.transfer_encoded) return refusal::length_required;
    return head_.content_length > limits_.body ? std::optional{refusal::body_too_large} : std::nullopt;
}

}  // namespace jwtgate::http
