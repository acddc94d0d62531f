#pragma once

#include "jwt/json/characters.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace jwtgate::jwt {

inline constexpr std::int64_t largest_number = std::int64_t{1} << 53;
inline constexpr std::ptrdiff_t digits_of_largest = 16;

/// The value of plain digits that lies in range; none for any other spelling of a number.
inline std::optional<std::int64_t> plain_number(std::string_view text) noexcept
{
    if (std::ssize(text) > digits_of_largest) return std::nullopt;
    std::int64_t value = 0;
    for (auto c : text) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + (c - '0');
    }
    if (value > largest_number) return std::nullopt;
    return value;
}

}  // namespace jwtgate::jwt
