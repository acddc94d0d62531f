#include "http/sockets/socket_set.hpp"

#include <boost/system/system_error.hpp>

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <cstddef>

namespace jwtgate::http {
namespace {

constexpr std::size_t most_of_a_pass = 128;

void require(bool done)
{
    if (!done) throw boost::system::system_error(errno, boost::system::system_category());
}

}  // namespace

socket_set::socket_set() : set_{::epoll_create1(EPOLL_CLOEXEC)}
{
    require(set_.number() >= 0);
    waiting_.reserve(most_of_a_pass);
}

socket_set::~socket_set()
{
    for (auto* const list : {&members_, &called_again_})
        list->clear_and_dispose([](member* each) { delete each; });
}

void socket_set::add(int socket, std::unique_ptr<member> who)
{
    epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data = {.ptr = who.get()}};
    require(::epoll_ctl(set_.number(), EPOLL_CTL_ADD, socket, &event) == 0);
    members_.push_back(*who.release());
}

// Whoever is told may go at once, and nothing of his may come behind that: the kernel names everyone once in
// a pass, and whoever has gone is no longer among those to be called again.
bool socket_set::pass() noexcept
{
    std::array<epoll_event, most_of_a_pass> events;
    auto const count = ::epoll_wait(set_.number(), events.data(), events.size(), 0);
    passing_ = true;
    members called;
    called.swap(called_again_);
    for (int i = 0; i < count; ++i) {
        auto const& event = events[static_cast<std::size_t>(i)];
        static_cast<member*>(event.data.ptr)->ready(event.events);
    }
    while (!called.empty()) {
        auto& first = called.front();
        members_.splice(members_.end(), called, called.begin());
        first.ready(0);
    }
    passing_ = false;
    for (auto* const each : waiting_) each->pass_over();
    waiting_.clear();
    return count > 0;
}

void socket_set::call_again(member& who) noexcept
{
    who.unlink();
    called_again_.push_back(who);
}

bool socket_set::await_pass_over(member& who)
{
    if (passing_) waiting_.push_back(&who);
    return passing_;
}

}  // namespace jwtgate::http
