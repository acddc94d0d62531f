#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace jwtgate::config {

/// A whole number in decimal digits, without a sign. None for anything else, or when it does not fit.
std::optional<std::uint64_t> parse_count(std::string_view text) noexcept;

/// A whole number and its unit: 500ms, 10s, 5m, 1h, 30d. A plain 0 needs no unit. None for anything else, or
/// above ten thousand years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) noexcept;

/// A number of bytes: 4096, 16KiB, 19MiB, 1GiB. None for anything else, or when it does not fit.
std::optional<std::uint64_t> parse_size(std::string_view text) noexcept;

/// true or false, as written here.
std::optional<bool> parse_boolean(std::string_view text) noexcept;

}  // namespace jwtgate::config
