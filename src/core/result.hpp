#pragma once

#include <boost/system/result.hpp>

namespace jwtgate::core {

/// A value, or the reason why there is none. What input or the world can cause travels in it, never as an
/// exception.
template <class T>
using result = boost::system::result<T>;

using boost::system::error_code;

}  // namespace jwtgate::core
