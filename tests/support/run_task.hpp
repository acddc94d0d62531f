#pragma once

#include "core/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <utility>

namespace jwtgate::test {

/// Runs a task on a context of its own until it is done, and returns what it returned or throws what it
/// threw.
template <class T>
T run_task(core::task<T> work)
{
    boost::asio::io_context context;
    auto done = boost::asio::co_spawn(context, std::move(work), boost::asio::use_future);
    context.run();
    return done.get();
}

}  // namespace jwtgate::test
