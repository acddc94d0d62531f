#include "http/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstddef>
#include <exception>
#include <utility>

namespace jwtgate::http {
namespace {

namespace asio = boost::asio;
using phase = deadlines::phase;

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
    if (readable_) worker_.call_again(*this);
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
    if (std::exchange(expired_, false)) return exchange_->refuse(refusal::timed_out), true;
    if (readable_ && receive()) return true;
    arm(next_phase_);
    rest();
    return false;
}

bool connection::receive()
{
    borrow();
    auto& in = exchange_->in();
    auto const space = in.space();
    auto const size = ::recv(socket_.number(), space.data(), space.size(), 0);
    readable_ = ended_ || size == static_cast<ssize_t>(space.size());
    if (size < 0 && would_block()) return readable_ = false;
    if (size > 0) {
        in.commit(static_cast<std::size_t>(size));
    } else if (size == 0 && !in.empty()) {
        exchange_->refuse(refusal::malformed);
    } else {
        broken_ = true;
    }
    return true;
}

connection::step connection::advance()
{
    auto const before = exchange_->requests();
    auto const next = exchange_->advance();
    if (exchange_->requests() != before) disarm();
    if (next == step::read) next_phase_ = phase_to_come();
    return next;
}

deadlines::phase connection::phase_to_come() const noexcept
{
    if (exchange_->in().empty()) return phase::idle;
    return exchange_->missing().in_body ? phase::body : phase::header;
}

void connection::borrow()
{
    if (exchange_) return;
    exchange_ = worker_.spares().take();
    exchange_->set_peer(peer_address_);
}

void connection::rest()
{
    if (exchange_ && exchange_->empty()) worker_.spares().keep(std::move(exchange_));
}

void connection::start_handler()
{
    handled_ = false;
    auto const executor = worker_.executor();
    asio::co_spawn(executor, exchange_->run_handler(), [this](std::exception_ptr const& failure) {
        worker_.refresh_time();
        handled_ = true;
        broken_ = failure != nullptr;
        if (waits_ == wait::handled) resume();
    });
}

// Whether all has gone, or nothing more can.
bool connection::send()
{
    auto& out = exchange_->out();
    while (!out.empty()) {
        auto const sent = ::send(socket_.number(), out.data(), out.size(), MSG_NOSIGNAL);
        if (sent < 0 && would_block()) return arm(phase::write), false;
        broken_ = sent < 0;
        if (broken_) return true;
        exchange_->forget(static_cast<std::size_t>(sent));
    }
    if (phase_ == phase::write) disarm();
    return true;
}

// Closing while the peer still sends would reset the connection, and it could not read the answer.
void connection::begin_linger()
{
    ::shutdown(socket_.number(), SHUT_WR);
    exchange_->in().clear();
    linger_left_ = linger_size;
    arm(phase::linger);
}

// Whether there may be more.
bool connection::discard()
{
    auto const space = exchange_->in().space();
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
    worker_.deadlines().arm(*this, what, worker_.now().time);
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
