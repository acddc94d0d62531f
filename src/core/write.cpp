#include "core/write.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <future>
#include <memory>
#include <poll.h>
#include <system_error>
#include <thread>
#include <utility>

namespace jwtgate::core {
namespace {

void await_room(int descriptor) noexcept
{
    pollfd waited{.fd = descriptor, .events = POLLOUT, .revents = 0};
    ::poll(&waited, 1, -1);
}

}  // namespace

bool write_all(int descriptor, std::string_view bytes) noexcept
{
    while (!bytes.empty()) {
        auto const written = ::write(descriptor, bytes.data(), bytes.size());
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            await_room(descriptor);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool write_in_time(int descriptor, std::string bytes)
{
    auto const work = std::make_shared<std::packaged_task<bool()>>([descriptor, bytes = std::move(bytes)] {
        return write_all(descriptor, bytes);
    });
    auto done = work->get_future();
    try {
        run_detached([work] { (*work)(); });
    } catch (std::system_error const&) {  // no more threads: the line may say just that
        (*work)();
    }
    return done.wait_for(write_patience) == std::future_status::ready && done.get();
}

// A thread begins with the signal mask of the one that makes it.
void run_detached(std::function<void()> work)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
        std::thread(std::move(work)).detach();
    } catch (std::system_error const&) {
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        throw;
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace jwtgate::core
