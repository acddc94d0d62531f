#pragma once

#include "core/wiping_allocator.hpp"

#include <string>

namespace jwtgate::http {

/// Answers on their way out. They hold tokens.
using out_buffer = std::basic_string<char, std::char_traits<char>, core::wiping_allocator<char>>;

}  // namespace jwtgate::http
