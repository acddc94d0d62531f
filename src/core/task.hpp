#pragma once

#include <boost/asio/awaitable.hpp>

namespace jwtgate::core {

/// A coroutine that runs on the executor of whoever awaits it.
template <class T>
using task = boost::asio::awaitable<T>;

}  // namespace jwtgate::core
