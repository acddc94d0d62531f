#include "http/connection.hpp"

#include "core/secret.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <utility>
#include <variant>

namespace jwtgate::http {
namespace {

namespace asio = boost::asio;
using core::error_code;
using phase = deadlines::phase;

constexpr auto completion = asio::as_tuple(asio::deferred);
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::size_t flush_size = std::size_t{64} * 1024;
constexpr std::size_t idle_out_size = 4096;
constexpr std::size_t linger_size = std::size_t{4} * 1024 * 1024;

auto to_buffer(std::span<char> bytes)
{
    return asio::buffer(bytes.data(), bytes.size());
}

}  // namespace

void connection::start(worker& home, stream_socket socket, std::string peer_address) noexcept
try {
    auto made = std::make_unique<connection>(home, std::move(socket), std::move(peer_address));
    auto loop = made->run();
    asio::co_spawn(
        home.executor(),
        std::move(loop),
        [made = std::move(made)](std::exception_ptr const& failure) {
            if (failure) made->worker_.log().error("connection failed");
        }
    );

} catch (std::exception const& failure) {
    home.log().error("connection not served", {{"reason", failure.what()}});
}

connection::connection(worker& home, stream_socket socket, std::string peer_address)
    : worker_{home},
      socket_{std::move(socket)},
      peer_address_{std::move(peer_address)},
      in_{home.limits().header + home.limits().body},
      parser_{home.limits(), [&home](request const& head) { return home.served().wants_body(head); }}
{
    worker_.enter();
}

connection::~connection()
{
    worker_.leave();
}

core::task<void> connection::run()
{
    while (!broken_) {
        auto const next = advance();
        if (!write_at_once()) co_await write_rest();
        if (broken_) break;
        if (next == step::end) co_return co_await linger();
        if (next == step::await_handler) co_await run_handler();
        if (next != step::read) continue;
        arm(next_phase_);
        auto const [failure, size] = co_await socket_.async_read_some(to_buffer(in_.space()), completion);
        take(failure, size);
    }
}

// Answers what has come, until there is something to wait for.
connection::step connection::advance()
{
    while (!closing_ && out_.size() < flush_size) {
        auto const parsed = parser_.feed(in_.bytes());
        if (auto const* const missing = std::get_if<need_more>(&parsed)) {
            prepare_read(*missing);
            return step::read;
        }
        if (auto const* const why = std::get_if<refusal>(&parsed)) {
            refuse(*why);
        } else if (!answer(std::get<parsed_request>(parsed))) {
            return step::await_handler;
        }
    }
    return closing_ ? step::end : step::flush;
}

void connection::prepare_read(need_more const& missing)
{
    if (missing.wants_continue && !std::exchange(continue_sent_, true)) out_ += continue_line;
    if (in_.empty()) in_.shrink();
    next_phase_ = phase_of(missing);
}

deadlines::phase connection::phase_of(need_more const& missing) const noexcept
{
    if (in_.empty()) return request_size_ == 0 ? phase::first : phase::idle;
    return missing.in_body ? phase::body : phase::header;
}

void connection::take(error_code failure, std::size_t size)
{
    in_.commit(size);
    bool const half_a_request = failure == asio::error::eof && !in_.empty();
    if (expired_ && is_in_request()) {
        refuse(refusal::timed_out);
    } else if (half_a_request) {
        refuse(refusal::malformed);
    } else {
        broken_ = failure.failed();
    }
}

// Whether the answer is complete; if not, handler_ makes it.
bool connection::answer(parsed_request const& parsed)
{
    disarm();
    request_ = parsed.request;
    request_.peer_address = peer_address_;
    request_size_ = parsed.size;
    answer_begin_ = out_.size();
    response_.emplace(
        out_,
        response::frame{
            .head = request_.method == "HEAD",
            .close = !parsed.keep_alive,
            .http_1_0 = parsed.http_1_0,
            .date = worker_.date(),
            .draining = &worker_.draining()}
    );
    try {
        handler_ = worker_.served().handle(request_, *response_);
    } catch (std::exception const& failure) {
        fail(failure.what());
    }
    if (handler_.valid()) return false;
    end_answer();
    return true;
}

core::task<void> connection::run_handler()
{
    answer_begin_ = out_.size();
    try {
        co_await std::move(handler_);
    } catch (std::exception const& failure) {
        fail(failure.what());
    }
    end_answer();
}

void connection::end_answer()
{
    if (!response_->finished()) fail("the handler left no answer");
    closing_ |= response_->closes();
    continue_sent_ = false;
    in_.consume(request_size_);
    parser_.reset();
}

void connection::refuse(refusal why)
{
    bool const head = in_.bytes().starts_with("HEAD ");
    response_.emplace(out_, response::frame{.head = head, .close = true, .date = worker_.date()});
    worker_.served().refuse(why, *response_);
    closing_ = true;
}

void connection::fail(std::string_view reason)
{
    worker_.log().error(
        "request failed", {{"method", request_.method}, {"path", request_.path}, {"reason", reason}}
    );
    out_.resize(answer_begin_);
    refuse(refusal::failed);
}

// Most answers go out here, without a pass through the scheduler.
bool connection::write_at_once()
{
    if (out_.empty()) return true;
    error_code failure;
    forget(socket_.write_some(asio::buffer(out_), failure));
    broken_ = failure && failure != asio::error::would_block;
    return broken_ || out_.empty();
}

core::task<void> connection::write_rest()
{
    arm(phase::write);
    auto const [failure, sent] = co_await asio::async_write(socket_, asio::buffer(out_), completion);
    disarm();
    broken_ = failure.failed();
    forget(out_.size());
}

// What was sent held tokens, so it is wiped.
void connection::forget(std::size_t sent)
{
    std::shift_left(out_.begin(), out_.end(), static_cast<std::ptrdiff_t>(sent));
    auto const left = out_.size() - sent;
    core::wipe(out_.data() + left, sent);
    out_.resize(left);
    if (out_.empty() && out_.capacity() > idle_out_size) out_.shrink_to_fit();
}

// Closing while the peer still sends would reset the connection, and it could not read the answer.
core::task<void> connection::linger()
{
    error_code failure;
    socket_.shutdown(asio::socket_base::shutdown_send, failure);
    in_.clear();
    arm(phase::linger);
    for (std::size_t total = 0; !failure && total < linger_size;) {
        auto const [stopped, size] = co_await socket_.async_read_some(to_buffer(in_.space()), completion);
        failure = stopped;
        total += size;
    }
}

void connection::arm(phase what)
{
    if (phase_ == what) return;
    phase_ = what;
    worker_.deadlines().arm(*this, what, std::chrono::steady_clock::now());
}

void connection::disarm()
{
    phase_.reset();
    deadlines::disarm(*this);
}

bool connection::is_in_request() const noexcept
{
    return phase_ == phase::header || phase_ == phase::body;
}

// Between the bytes of a request the client is told why; else there is nobody to tell.
void connection::expire() noexcept
{
    expired_ = true;
    error_code ignored;
    if (is_in_request()) {
        socket_.cancel(ignored);
    } else {
        socket_.close(ignored);
    }
}

}  // namespace jwtgate::http
