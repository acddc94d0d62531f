#pragma once

#include "core/descriptor.hpp"

#include <boost/intrusive/list.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace jwtgate::http {

/// The sockets of one worker, each registered once for its whole life (edge-triggered epoll). Asio's own
/// operations try to read before they wait, which costs every request a system call that finds nothing.
class socket_set {
    using hook = boost::intrusive::list_base_hook<
        boost::intrusive::tag<socket_set>,
        boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

public:
    /// Who has a socket here. It may be destroyed at any time, also from inside its own functions.
    class member : public hook {
    public:
        member() = default;
        member(member const&) = delete;
        member& operator=(member const&) = delete;
        virtual ~member() = default;

        /// The socket has become readable or writable, or has ended: what epoll_wait(2) says.
        virtual void ready(std::uint32_t events) noexcept = 0;

        /// Everyone whose socket was ready in this pass has been told.
        virtual void pass_over() noexcept = 0;
    };

    /// Throws boost::system::system_error.
    socket_set();
    socket_set(socket_set const&) = delete;
    socket_set& operator=(socket_set const&) = delete;

    /// Destroys those who are left.
    ~socket_set();

    /// Takes `who` over, to be told of `socket` until either is gone. Throws boost::system::system_error.
    void add(int socket, std::unique_ptr<member> who);

    /// Tells all whose sockets have become ready. Whether there were any; then it is readable itself, for
    /// poll(2) and its kin.
    bool pass() noexcept;

    /// `who` has more to do, but others come first: it is called by the next pass, with no events. Whether
    /// there is anybody like that.
    void call_again(member& who) noexcept;

    bool calls_again() const noexcept { return !called_again_.empty(); }

    int native_handle() const noexcept { return set_.number(); }

    /// Whether a pass is under way: then `who`, not destroyed before, is told of its end.
    bool await_pass_over(member& who);

private:
    using members = boost::intrusive::
        list<member, boost::intrusive::base_hook<hook>, boost::intrusive::constant_time_size<false>>;

    core::descriptor set_;
    members members_;
    members called_again_;
    std::vector<member*> waiting_;  // for the end of the pass
    bool passing_ = false;
};

}  // namespace jwtgate::http
