#pragma once

#include <string>
#include <string_view>

namespace jwtgate::text {

/// The text as a terminal may show it: control characters, and those that are invisible or turn the direction
/// of writing, as \uXXXX; what is not UTF-8 as \xXX. Of JSON it leaves the meaning as it is.
std::string printable(std::string_view text);

}  // namespace jwtgate::text
