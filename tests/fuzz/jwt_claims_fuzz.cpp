#include "jwt/json/claims_json.hpp"

#include <boost/json/parse.hpp>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace jwtgate::jwt;

// What is accepted is JSON to others too, and survives being written and read again.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const text{reinterpret_cast<char const*>(data), size};
    auto payload = text;
    claims first;
    if (!read_claims(payload, first)) return 0;

    boost::json::error_code failure;
    auto const value = boost::json::parse(text, failure);
    if (failure && failure != boost::json::error::exponent_overflow) std::abort();
    if (!failure && !value.is_object()) std::abort();

    static std::array<char, 1 << 20> memory;
    auto const written = write_claims(first, memory);
    if (!written) return 0;
    std::string const json{memory.data(), *written};
    claims second;
    if (!read_claims({memory.data(), *written}, second)) std::abort();

    static std::array<char, 1 << 20> again;
    auto const rewritten = write_claims(second, again);
    if (!rewritten || std::string_view(again.data(), *rewritten) != json) std::abort();
    return 0;
}
