#include "http/connection.hpp"

#include "core/secret.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <exception>
#include <utility>
#include <variant>

namespace jwtgate::http {
namespace {

namespace asio = boost::asio;
using phase = deadlines::phase;

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::size_t flush_size = std::size_t{64} * 1024;
constexpr std::size_t linger_size = std::size_t{4} * 1024 * 1024;

constexpr std::uint32_t end_events = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
constexpr std::uint32_t write_events = EPOLLOUT | EPOLLHUP | EPOLLERR;

bool would_block() noexcept
{
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

}  // namespace

/// What the loop awaits to be resumed by the one who has it.
struct connection::suspension {
    connection& self;
    wait what;
    bool is_over;

    bool await_ready() const noexcept { return is_over; }

    void await_suspend(std::coroutine_handle<> /*loop*/) const noexcept { self.waits_ = what; }

    void await_resume() const noexcept {}
};

void connection::start(worker& home, core::descriptor socket, std::string peer_address) noexcept
try {
    auto made = std::make_unique<connection>(home, std::move(socket), std::move(peer_address));
    asio::post(home.executor(), [made = std::move(made)]() mutable { begin(std::move(made)); });

} catch (std::exception const& failure) {
    home.log().error("connection not served", {{"reason", failure.what()}});
}

void connection::begin(std::unique_ptr<connection> made) noexcept
{
    auto& begun = *made;
    auto& home = begun.worker_;
    try {
        home.add(begun.socket_.number(), std::move(made));
    } catch (std::exception const& failure) {
        return home.log().error("connection not served", {{"reason", failure.what()}});
    }
    begun.resume();
}

connection::connection(worker& home, core::descriptor socket, std::string peer_address)
    : worker_{home}, socket_{std::move(socket)}, peer_address_{std::move(peer_address)}, loop_{run()}
{
    worker_.enter();
}

connection::~connection()
{
    worker_.leave();
}

connection::suspension connection::until(wait what) noexcept
{
    bool const is_over = what == wait::pass_over ? !worker_.sockets().await_pass_over(*this)
                                                 : what == wait::handled && handled_;
    return {*this, what, is_over};
}

// Whoever sends without an end gets his answers, but the others' come in between.
connection::suspension connection::turn() noexcept
{
    if (readable_) worker_.sockets().call_again(*this);
    return {*this, wait::readable, !readable_};
}

// The answers of a pass are written together at its end: the other side is woken once, and finds them all.
routine connection::run()
{
    auto next = step::read;
    while (!broken_ && next != step::end) {
        if (next == step::read) {
            co_await turn();
            while (!take()) co_await until(wait::readable);
        }
        if (broken_) co_return;
        next = advance();
        co_await until(wait::pass_over);
        while (!send()) co_await until(wait::writable);
        if (broken_ || next != step::await_handler) continue;
        start_handler();
        co_await until(wait::handled);
        end_answer();
    }
    if (!broken_) begin_linger();
    while (!broken_) {
        if (!discard()) co_await until(wait::readable);
    }
}

void connection::resume() noexcept
{
    waits_ = wait::nothing;
    try {
        loop_.resume();
    } catch (std::exception const& failure) {
        worker_.log().error("connection failed", {{"reason", failure.what()}});
    }
    if (loop_.done()) delete this;
}

void connection::ready(std::uint32_t events) noexcept
{
    ended_ |= (events & end_events) != 0;
    readable_ |= ended_ || (events & EPOLLIN) != 0;
    bool const can_read = waits_ == wait::readable && readable_;
    bool const can_write = waits_ == wait::writable && (events & write_events) != 0;
    if (can_read || can_write) resume();
}

void connection::pass_over() noexcept
{
    resume();
}

// Between the bytes of a request the client is told why; else there is nobody to tell.
void connection::expire() noexcept
{
    if (!is_in_request()) return delete this;
    expired_ = true;
    resume();
}

// Whether something has come, if only an end; else waits for it as one that is idle, if it is.
bool connection::take()
{
    if (std::exchange(expired_, false)) return refuse(refusal::timed_out), true;
    if (readable_ && receive()) return true;
    arm(next_phase_);
    rest();
    return false;
}

bool connection::receive()
{
    borrow();
    auto& in = exchange_->in;
    auto const space = in.space();
    auto const size = ::recv(socket_.number(), space.data(), space.size(), 0);
    readable_ = ended_ || size == static_cast<ssize_t>(space.size());
    if (size < 0 && would_block()) return readable_ = false;
    if (size > 0) {
        in.commit(static_cast<std::size_t>(size));
    } else if (size == 0 && !in.empty()) {
        refuse(refusal::malformed);
    } else {
        broken_ = true;
    }
    return true;
}

// Answers what has come, until there is something to wait for.
connection::step connection::advance()
{
    auto& [in, out, parser, request, response] = *exchange_;
    while (!closing_ && out.size() < flush_size) {
        auto const parsed = parser.feed(in.bytes());
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
    if (missing.wants_continue && !std::exchange(continue_sent_, true)) exchange_->out += continue_line;
    next_phase_ = phase_of(missing);
}

deadlines::phase connection::phase_of(need_more const& missing) const noexcept
{
    if (exchange_->in.empty()) return request_size_ == 0 ? phase::first : phase::idle;
    return missing.in_body ? phase::body : phase::header;
}

void connection::borrow()
{
    if (exchange_) return;
    exchange_ = worker_.spares().take();
    if (exchange_) return;
    auto const wants_body = [&home = worker_](http::request const& head) {
        return home.served().wants_body(head);
    };
    exchange_ = std::make_unique<exchange>(worker_.limits(), wants_body);
}

void connection::rest()
{
    if (exchange_ && exchange_->empty()) worker_.spares().keep(std::move(exchange_));
}

// Whether the answer is complete; if not, handler_ makes it.
bool connection::answer(parsed_request const& parsed)
{
    disarm();
    auto& [in, out, parser, request, response] = *exchange_;
    request = parsed.request;
    request.peer_address = peer_address_;
    request.arrived = worker_.now();
    request_size_ = parsed.size;
    answer_begin_ = out.size();
    response.emplace(
        out,
        response::frame{
            .head = request.method == "HEAD",
            .close = !parsed.keep_alive,
            .http_1_0 = parsed.http_1_0,
            .date = worker_.date(),
            .draining = &worker_.draining()}
    );
    try {
        handler_ = worker_.served().handle(request, *response);
    } catch (std::exception const& failure) {
        fail(failure.what());
    }
    if (handler_.valid()) return false;
    end_answer();
    return true;
}

void connection::start_handler()
{
    answer_begin_ = exchange_->out.size();
    handled_ = false;
    asio::co_spawn(worker_.executor(), run_handler(), [this](std::exception_ptr const& failure) {
        worker_.refresh_time();
        handled_ = true;
        if (failure) fail("unknown");
        if (waits_ == wait::handled) resume();
    });
}

core::task<void> connection::run_handler()
{
    try {
        co_await std::move(handler_);
    } catch (std::exception const& failure) {
        fail(failure.what());
    }
}

void connection::end_answer()
{
    if (!exchange_->response->finished()) fail("the handler left no answer");
    closing_ |= exchange_->response->closes();
    continue_sent_ = false;
    exchange_->in.consume(request_size_);
    exchange_->parser.reset();
}

void connection::refuse(refusal why)
{
    auto& [in, out, parser, request, response] = *exchange_;
    auto asked = in.bytes();
    if (asked.starts_with("\r\n")) asked.remove_prefix(2);
    bool const head = asked.starts_with("HEAD ");
    response.emplace(out, response::frame{.head = head, .close = true, .date = worker_.date()});
    worker_.served().refuse(why, *response);
    closing_ = true;
}

void connection::fail(std::string_view reason)
{
    auto const& failed = exchange_->request;
    worker_.log().error(
        "request failed", {{"method", failed.method}, {"path", failed.path}, {"reason", reason}}
    );
    exchange_->out.resize(answer_begin_);
    refuse(refusal::failed);
}

// Whether all has gone, or nothing more can.
bool connection::send()
{
    auto& out = exchange_->out;
    while (!out.empty()) {
        auto const sent = ::send(socket_.number(), out.data(), out.size(), MSG_NOSIGNAL);
        if (sent < 0 && would_block()) return arm(phase::write), false;
        broken_ = sent < 0;
        if (broken_) return true;
        forget(static_cast<std::size_t>(sent));
    }
    if (phase_ == phase::write) disarm();
    return true;
}

// What was sent held tokens, so it is wiped.
void connection::forget(std::size_t sent)
{
    auto& out = exchange_->out;
    std::shift_left(out.begin(), out.end(), static_cast<std::ptrdiff_t>(sent));
    auto const left = out.size() - sent;
    core::wipe(out.data() + left, sent);
    out.resize(left);
}

// Closing while the peer still sends would reset the connection, and it could not read the answer.
void connection::begin_linger()
{
    ::shutdown(socket_.number(), SHUT_WR);
    exchange_->in.clear();
    linger_left_ = linger_size;
    arm(phase::linger);
}

// Whether there may be more.
bool connection::discard()
{
    auto const space = exchange_->in.space();
    auto const size = ::recv(socket_.number(), space.data(), space.size(), 0);
    if (size < 0 && would_block()) return false;
    broken_ = size <= 0 || linger_left_ < static_cast<std::size_t>(size);
    if (!broken_) linger_left_ -= static_cast<std::size_t>(size);
    return true;
}

void connection::arm(phase what)
{
    if (phase_ == what) return;
    phase_ = what;
    worker_.deadlines().arm(*this, what, worker_.now());
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

}  // namespace jwtgate::http
