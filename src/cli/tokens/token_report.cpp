#include "cli/tokens/token_report.hpp"

#include "config/quantity.hpp"
#include "text/printable.hpp"
#include "text/raw_json.hpp"
#include "text/time_in_words.hpp"
#include <jwtgate/jwt/base64url.hpp>
#include <jwtgate/jwt/error.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <vector>

namespace jwtgate::cli {
namespace {

using names = std::vector<std::string_view>;

constexpr std::uint64_t latest_time = std::uint64_t{1} << 53U;
constexpr std::size_t longest_shown = 256;  // of what is not JSON
constexpr auto time_claims = std::to_array<std::string_view>({"iat", "nbf", "exp", "sxp"});

/// What stands before the next dot, which is taken away with it.
std::string_view next_part(std::string_view& rest) noexcept
{
    auto const part = rest.substr(0, rest.find('.'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    return part;
}

std::optional<std::string> decode(std::string_view part)
{
    std::string bytes(jwt::base64url_decoded_size(part.size()), '\0');
    if (!jwt::base64url_decode(part, bytes.data())) return std::nullopt;
    return bytes;
}

/// Header and payload; none where there is no base64url.
struct decoded_token {
    std::optional<std::string> header;
    std::optional<std::string> payload;
};

decoded_token decode_token(std::string_view token)
{
    decoded_token decoded;
    if (token.size() > jwt::max_token_size) return decoded;
    decoded.header = decode(next_part(token));
    decoded.payload = decode(next_part(token));
    return decoded;
}

std::string shown_object(std::string_view object)
{
    std::string lines;
    for (auto const& [name, value] : text::members_of(object)) {
        lines += fmt::format(
            "{}  {}: {}",
            lines.empty() ? "{\n" : ",\n",
            text::printable(boost::json::serialize(boost::json::string_view(name))),
            text::printable(text::compact(value))
        );
    }
    return lines.empty() ? "{}" : lines + "\n}";
}

std::string shown_part(std::optional<std::string> const& part)
{
    if (!part) return "not base64url";
    if (part->empty()) return "none";
    if (text::is_json_object(*part)) return shown_object(*part);
    if (text::is_json(*part)) return "not an object: " + text::printable(text::compact(*part));
    return "not JSON: " + text::printable(std::string_view(*part).substr(0, longest_shown));
}

std::string shown_time(std::string_view value, std::chrono::sys_seconds now)
{
    auto const seconds = config::parse_count(value);
    if (!seconds || *seconds > latest_time) return "not whole seconds since 1970";
    return text::time_in_words(std::chrono::sys_seconds{std::chrono::seconds{*seconds}}, now);
}

std::string shown_times(std::vector<text::raw_member> const& claims, std::chrono::sys_seconds now)
{
    std::string lines;
    for (auto const name : time_claims) {
        auto const found = std::ranges::find(claims, name, &text::raw_member::name);
        if (found != claims.end()) lines += fmt::format("{}  {}\n", name, shown_time(found->value, now));
    }
    return lines.empty() ? "" : lines + "\n";
}

std::vector<text::raw_member> claims_of(decoded_token const& decoded)
{
    if (!decoded.payload || !text::is_json_object(*decoded.payload)) return {};
    return text::members_of(*decoded.payload);
}

names required_claims(jwt::policy const& demands)
{
    names required{"sub", "exp", "iat", "jti", "type", "sid"};
    if (!demands.issuer.empty()) required.emplace_back("iss");
    if (!demands.audience.empty()) required.emplace_back("aud");
    return required;
}

std::string missing_claims(token_verdict const& of)
{
    auto const decoded = decode_token(of.token);
    auto const claims = claims_of(decoded);
    std::string missing;
    for (auto const name : required_claims(of.demands)) {
        if (std::ranges::find(claims, name, &text::raw_member::name) != claims.end()) continue;
        missing.append(missing.empty() ? "" : ", ").append(name);
    }
    return missing;
}

/// As it is written.
std::string_view type_of(std::vector<text::raw_member> const& claims)
{
    auto const found = std::ranges::find(claims, "type", &text::raw_member::name);
    return found == claims.end() ? "" : found->value;
}

bool is_of_server(std::string_view type)
{
    if (!type.starts_with('"')) return false;
    auto const name = text::string_of(type);
    return name == "access" || name == "refresh";
}

std::string shown_verdict(token_verdict const& of, std::vector<text::raw_member> const& claims)
{
    if (of.refused) return "would be refused: " + reason_of(of) + '\n';
    auto const type = type_of(claims);
    if (!is_of_server(type))
        return "is good, but a server takes access and refresh tokens only, not " + text::printable(type) +
               '\n';
    return "would be accepted as " + text::printable(type) + " token, unless its session has ended\n";
}

/// Said of headers as of claims, so it tells nothing of the signature.
bool may_be_ours(core::error_code refused) noexcept
{
    return refused == jwt::errc::bad_base64url || refused == jwt::errc::bad_json ||
           refused == jwt::errc::duplicate_name || refused == jwt::errc::too_deep ||
           refused == jwt::errc::crypto_failure;
}

}  // namespace

bool is_proved(token_verdict const& of) noexcept
{
    if (!of.refused) return true;
    if (of.refused.category() != jwt::error_category()) return false;
    switch (static_cast<jwt::errc>(of.refused.value())) {
        case jwt::errc::missing_claim:
        case jwt::errc::wrong_claim_type:
        case jwt::errc::number_out_of_range:
        case jwt::errc::too_many_values:
        case jwt::errc::expired:
        case jwt::errc::not_yet_valid:
        case jwt::errc::issued_in_future:
        case jwt::errc::wrong_issuer:
        case jwt::errc::wrong_audience:
            return true;  // said of claims only, and of those only behind a good signature
        default:
            return false;
    }
}

std::string reason_of(token_verdict const& of)
{
    auto const message = of.refused.message();
    return of.refused == jwt::errc::missing_claim ? message + ": " + missing_claims(of) : message;
}

std::string payload_of(std::string_view token)
{
    return decode_token(token).payload.value_or("");
}

std::string report_of(token_verdict const& of, std::chrono::sys_seconds now)
{
    auto const decoded = decode_token(of.token);
    auto const claims = claims_of(decoded);
    std::string text;
    if (!is_proved(of)) {
        text = "NOTHING OF THIS IS PROVED (" + reason_of(of) + "): ";
        text += may_be_ours(of.refused) ? "who wrote it is not known\n\n" : "anybody may have written it\n\n";
    }
    if (of.refused != jwt::errc::too_large) {
        text += "header: " + shown_part(decoded.header) + "\n\n";
        text += "claims: " + shown_part(decoded.payload) + "\n\n";
        text += shown_times(claims, now);
    }
    return text + shown_verdict(of, claims);
}

}  // namespace jwtgate::cli
