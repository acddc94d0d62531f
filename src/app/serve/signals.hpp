#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <functional>

namespace jwtgate::app {

/// What the system tells a server: SIGTERM and SIGINT to stop, SIGHUP to read its files again. Caught from
/// its making on, and kept until wait. The context outlives it.
class signals {
public:
    explicit signals(boost::asio::io_context& context);
    signals(signals const&) = delete;
    signals& operator=(signals const&) = delete;

    /// From here on SIGHUP does nothing on this thread, so it cannot kill a program that ends.
    ~signals();

    /// Runs the context until it is time to stop, and calls this for every SIGHUP. A second SIGTERM or SIGINT
    /// then finds the default action in place, which ends the process at once; SIGHUP is caught still.
    void wait(std::function<void()> const& on_hangup);

private:
    boost::asio::io_context& context_;
    boost::asio::signal_set stop_;
    boost::asio::signal_set hangup_;
};

}  // namespace jwtgate::app
