#pragma once

#include <cstdlib>
#include <functional>
#include <string_view>

namespace jwtgate::fuzz {

inline void require(bool holds)
{
    if (!holds) std::abort();
}

/// Whether `part` is a view into `whole`.
inline bool is_within(std::string_view part, std::string_view whole)
{
    std::less_equal<> const before;
    return before(whole.data(), part.data()) &&
           before(part.data() + part.size(), whole.data() + whole.size());
}

}  // namespace jwtgate::fuzz
