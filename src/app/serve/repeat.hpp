#pragma once

#include "core/log/log.hpp"
#include "core/task.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>

namespace jwtgate::app {

/// Does the work again and again for as long as the context runs, the first time after `pause`. Work that
/// throws is logged, and done again at its next time.
core::task<void> repeat(
    boost::asio::io_context& context,
    std::chrono::microseconds pause,
    std::function<core::task<void>()> work,
    core::log const& log
);

/// Waits.
core::task<void> wait_for(boost::asio::io_context& context, std::chrono::microseconds time);

}  // namespace jwtgate::app
