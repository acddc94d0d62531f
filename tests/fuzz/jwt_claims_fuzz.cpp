#include "fuzz/support/jwt.hpp"
#include "jwt/json/claims_json.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using namespace jwtgate::jwt;

namespace {

namespace json = boost::json;

void check_text(json::object const& said, char const* name, std::string_view read)
{
    auto const* const value = said.if_contains(name);
    fuzz::require(read.empty() == (value == nullptr));
    fuzz::require(value == nullptr || std::string_view{value->as_string()} == read);
}

void check_number(json::object const& said, char const* name, std::optional<std::int64_t> read)
{
    auto const* const value = said.if_contains(name);
    fuzz::require(read.has_value() == (value != nullptr));
    fuzz::require(!read || (*read >= 0 && *read <= std::int64_t{1} << 53));
    fuzz::require(!read || value->to_number<std::int64_t>() == *read);
}

void check_list(json::array const& said, string_list const& read)
{
    fuzz::require(std::equal(said.begin(), said.end(), read.begin(), read.end(), [](auto const& a, auto b) {
        return std::string_view{a.as_string()} == b;
    }));
}

/// What is accepted is JSON to Boost too, and says the same: names twice are refused, so a tree holds it all.
void check_against_boost(std::string const& text, claims const& read)
{
    json::error_code failure;
    auto const value = json::parse(text, failure);
    if (failure == json::error::exponent_overflow) return;
    fuzz::require(!failure && value.is_object());
    auto const& said = value.get_object();
    check_text(said, "jti", read.id);
    check_text(said, "type", read.type);
    check_text(said, "sub", read.subject);
    check_text(said, "csrf", read.csrf);
    check_text(said, "iss", read.issuer);
    check_text(said, "sid", read.session);
    check_number(said, "iat", read.issued_at);
    check_number(said, "nbf", read.not_before);
    check_number(said, "exp", read.expires_at);
    check_number(said, "sxp", read.refreshable_until);
    check_number(said, "ctr", read.counter);
    fuzz::require(said.contains("fresh") == read.fresh.has_value());
    fuzz::require(!read.fresh || said.at("fresh").as_bool() == *read.fresh);
    fuzz::require(said.contains("roles") == read.roles.has_value());
    if (read.roles) check_list(said.at("roles").as_array(), *read.roles);
    fuzz::require(said.contains("aud") != read.audience.empty());
    if (said.contains("aud") && said.at("aud").is_array())
        check_list(said.at("aud").as_array(), read.audience);
    if (said.contains("aud") && said.at("aud").is_string()) check_text(said, "aud", *read.audience.begin());
}

/// Written and read again it is still the same.
void check_writing(claims const& first)
{
    static std::array<char, 1 << 20> memory;
    auto const size = write_claims(first, memory);
    if (!size) return;
    std::string const text{memory.data(), *size};
    claims second;
    fuzz::require(read_claims({memory.data(), *size}, second).has_value());
    static std::array<char, 1 << 20> again;
    auto const rewritten = write_claims(second, again);
    fuzz::require(rewritten.has_value() && std::string_view(again.data(), *rewritten) == text);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer gives the name
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string const text{reinterpret_cast<char const*>(data), size};
    auto payload = text;
    claims read;
    if (!read_claims(payload, read)) return 0;
    check_against_boost(text, read);
    check_writing(read);
    return 0;
}
