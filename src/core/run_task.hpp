#pragma once

#include "core/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace jwtgate::core {

/// Runs a task to its end on this thread, for what a start or a command does once.
template <class T>
T run_task(task<T> job)
{
    boost::asio::io_context context{1};
    auto outcome = boost::asio::co_spawn(context, std::move(job), boost::asio::use_future);
    context.run();
    return outcome.get();
}

}  // namespace jwtgate::core
