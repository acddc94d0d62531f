#include "app/serve/signals.hpp"

#include "app/process.hpp"
#include "core/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>

#include <csignal>

namespace jwtgate::app {
namespace {

namespace asio = boost::asio;

core::task<void> call_on_each(asio::signal_set& caught, std::function<void()> const& call)
{
    for (;;) {
        co_await caught.async_wait(asio::deferred);
        call();
    }
}

}  // namespace

signals::signals(asio::io_context& context)
    : context_{context}, stop_{context, SIGTERM, SIGINT}, hangup_{context, SIGHUP}
{}

// Of the program's threads only this one is left by then.
signals::~signals()
{
    sigset_t hangup;
    sigemptyset(&hangup);
    sigaddset(&hangup, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &hangup, nullptr);
}

void signals::wait(std::function<void()> const& on_hangup)
{
    stop_.async_wait([this](auto, int) { context_.stop(); });
    asio::co_spawn(context_, call_on_each(hangup_, on_hangup), asio::detached);
    context_.run();
    stop_.clear();
    end_on_signals_as_init();
}

}  // namespace jwtgate::app
