#pragma once

#include <span>
#include <string>
#include <string_view>

namespace jwtgate::text {

/// The name that a mistyped word most probably meant: the one with the fewest letters to add, take away or
/// replace, two of them or, in a longer word, a third. Empty when none is that near.
std::string nearest(std::string_view word, std::span<std::string const> names);

}  // namespace jwtgate::text
