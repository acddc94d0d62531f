#include "http/exchange.hpp"

#include "core/secret.hpp"

#include <algorithm>
#include <exception>
#include <utility>
#include <variant>

namespace jwtgate::http {
namespace {

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::size_t flush_size = std::size_t{64} * 1024;
constexpr std::size_t usual_out_size = std::size_t{8} * 1024;

// One empty line may stand ahead of a request.
bool asks_for_head(std::string_view bytes) noexcept
{
    if (bytes.starts_with("\r\n")) bytes.remove_prefix(2);
    return bytes.starts_with("HEAD ");
}

}  // namespace

exchange::exchange(surroundings around)
    : around_{around},
      in_{around.limits.header + around.limits.body},
      parser_{
          around.limits, [&served = around.served](request const& head) { return served.wants_body(head); }}
{}

void exchange::forget(std::size_t sent)
{
    std::shift_left(out_.begin(), out_.end(), static_cast<std::ptrdiff_t>(sent));
    auto const left = out_.size() - sent;
    core::wipe(out_.data() + left, sent);
    out_.resize(left);
}

exchange::step exchange::advance()
{
    while (!closing_ && out_.size() < flush_size) {
        auto const parsed = parser_.feed(in_.bytes());
        if (auto const* const missing = std::get_if<need_more>(&parsed)) return lack(*missing), step::read;
        if (auto const* const why = std::get_if<refusal>(&parsed)) {
            refuse(*why);
        } else if (!answer(std::get<parsed_request>(parsed))) {
            return step::await_handler;
        }
    }
    return closing_ ? step::end : step::flush;
}

core::task<void> exchange::run_handler()
{
    answer_begin_ = out_.size();
    try {
        co_await std::move(handler_);
    } catch (std::exception const& failure) {
        fail(failure.what());
    }
    end_answer();
}

void exchange::refuse(refusal why)
{
    bool const head = asks_for_head(in_.bytes());
    response_.emplace(out_, response::frame{.head = head, .close = true, .date = around_.now.date});
    around_.served.refuse(why, request_.peer_address, *response_);
    closing_ = true;
}

void exchange::shrink()
{
    in_.shrink();
    if (out_.capacity() > usual_out_size) out_.shrink_to_fit();
}

// Whether the answer is complete; if not, handler_ makes it.
bool exchange::answer(parsed_request const& parsed)
{
    auto const peer = request_.peer_address;
    request_ = parsed.request;
    request_.peer_address = peer;
    request_.arrived = around_.now.time;
    request_size_ = parsed.size;
    ++requests_;
    answer_begin_ = out_.size();
    response_.emplace(out_, frame_of(parsed));
    try {
        handler_ = around_.served.handle(request_, *response_);
    } catch (std::exception const& failure) {
        fail(failure.what());
    }
    if (handler_.valid()) return false;
    end_answer();
    return true;
}

response::frame exchange::frame_of(parsed_request const& parsed) const noexcept
{
    return {
        .head = parsed.request.method == "HEAD",
        .close = !parsed.keep_alive,
        .http_1_0 = parsed.http_1_0,
        .date = around_.now.date,
        .draining = &around_.draining,
    };
}

void exchange::end_answer()
{
    if (!response_->finished()) fail("the handler left no answer");
    closing_ |= response_->closes();
    continue_sent_ = false;
    in_.consume(request_size_);
    parser_.reset();
}

void exchange::fail(std::string_view reason)
{
    around_.log.error(
        "request failed", {{"method", request_.method}, {"path", request_.path}, {"reason", reason}}
    );
    out_.resize(answer_begin_);
    refuse(refusal::failed);
}

void exchange::lack(need_more const& missing)
{
    missing_ = missing;
    if (missing.wants_continue && !std::exchange(continue_sent_, true)) out_ += continue_line;
}

}  // namespace jwtgate::http
