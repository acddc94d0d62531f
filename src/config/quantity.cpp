#include "config/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <span>
#include <system_error>

namespace jwtgate::config {
namespace {

struct unit {
    std::string_view name;
    std::uint64_t factor;
};

constexpr auto duration_units = std::to_array<unit>({
    {"ms", 1},
    {"s", 1'000},
    {"m", 60'000},
    {"h", 3'600'000},
    {"d", 86'400'000},
});
constexpr auto size_units = std::to_array<unit>({
    {"", 1},
    {"KiB", std::uint64_t{1} << 10U},
    {"MiB", std::uint64_t{1} << 20U},
    {"GiB", std::uint64_t{1} << 30U},
});
constexpr std::uint64_t longest_duration = std::uint64_t{10'000} * 366 * 86'400'000;

std::optional<std::uint64_t> parse_with_unit(
    std::string_view text, std::span<unit const> units, std::uint64_t most
) noexcept
{
    auto const digits = std::min(text.find_first_not_of("0123456789"), text.size());
    auto const number = parse_count(text.substr(0, digits));
    if (!number) return std::nullopt;
    auto const found = std::ranges::find(units, text.substr(digits), &unit::name);
    if (found == units.end()) return std::nullopt;
    if (*number > most / found->factor) return std::nullopt;
    return *number * found->factor;
}

}  // namespace

std::optional<std::uint64_t> parse_count(std::string_view text) noexcept
{
    std::uint64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const [parsed, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || parsed != end) return std::nullopt;
    return number;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) noexcept
{
    if (text == "0") return std::chrono::milliseconds{0};
    auto const number = parse_with_unit(text, duration_units, longest_duration);
    if (!number) return std::nullopt;
    return std::chrono::milliseconds{*number};
}

std::optional<std::uint64_t> parse_size(std::string_view text) noexcept
{
    return parse_with_unit(text, size_units, std::numeric_limits<std::uint64_t>::max());
}

std::optional<bool> parse_boolean(std::string_view text) noexcept
{
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

}  // namespace jwtgate::config
