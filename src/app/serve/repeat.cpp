#include "app/serve/repeat.hpp"

#include <boost/asio/deferred.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>

namespace jwtgate::app {

core::task<void> wait_for(boost::asio::io_context& context, std::chrono::microseconds time)
{
    boost::asio::steady_timer timer(context, time);
    co_await timer.async_wait(boost::asio::deferred);
}

core::task<void> repeat(
    boost::asio::io_context& context,
    std::chrono::microseconds pause,
    std::function<core::task<void>()> work,
    core::log const& log
)
{
    for (;;) {
        co_await wait_for(context, pause);
        try {
            co_await work();
        } catch (std::exception const& failure) {
            log.error("housekeeping_failed", {{"reason", failure.what()}});
        }
    }
}

}  // namespace jwtgate::app
