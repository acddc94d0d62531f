#include "api/source/origin.hpp"
#include "api/source/return_targets.hpp"
#include "fuzz/support/require.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace jwtgate::api;
using jwtgate::fuzz::require;

return_targets const known({"https://app.example", "http://plain.example:8080"});
constexpr asked_site asked{.host = "login.example", .scheme = "https"};

bool is_uri_octet(char c)
{
    return c > ' ' && c < 0x7f && std::string_view{"\"<>\\^`{|}"}.find(c) == std::string_view::npos;
}

bool is_of(std::string_view url, std::string_view origin)
{
    return url.starts_with(origin) && url.substr(origin.size()).starts_with('/');
}

}  // namespace

// Whatever is found is one of four sites, in a form that has one meaning, and is found again.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const input(data, data + size);
    auto const found = known.find(input, asked);
    if (!found) return 0;
    require(std::ranges::all_of(*found, is_uri_octet));
    bool const is_path = found->starts_with('/') && !found->starts_with("//");
    require(
        is_path || is_of(*found, "https://login.example") || is_of(*found, "https://app.example") ||
        is_of(*found, "http://plain.example:8080")
    );
    require(known.find(*found, asked) == found);
    return 0;
}
