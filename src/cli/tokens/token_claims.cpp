#include "cli/tokens/token_claims.hpp"

#include "text/raw_json.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

#include <algorithm>
#include <vector>

namespace jwtgate::cli {
namespace {

constexpr std::size_t id_bytes = 16;  // 128 bits

std::string quoted(std::string_view text)
{
    return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

/// A claim that a verifier demands, its value as JSON; empty: it is not demanded.
struct demanded_claim {
    std::string_view name;
    std::string value;
};

std::vector<demanded_claim> demanded_claims(token_circumstances const& with)
{
    auto const now = with.now.time_since_epoch();
    auto const& audience = with.settings.audience;
    auto const& issuer = with.settings.issuer;
    return {
        {"iat", std::to_string(now.count())},
        {"jti", quoted(core::random_id(with.random, id_bytes))},
        {"type", quoted("access")},
        {"nbf", std::to_string(now.count())},
        {"aud", audience.empty() ? "" : quoted(audience)},
        {"iss", issuer.empty() ? "" : quoted(issuer)},
        {"exp", std::to_string((now + with.settings.access_ttl).count())},
        {"sid", quoted(core::random_id(with.random, id_bytes))},
    };
}

bool holds(std::vector<text::raw_member> const& members, std::string_view name)
{
    return std::ranges::find(members, name, &text::raw_member::name) != members.end();
}

}  // namespace

boost::system::result<std::string, core::refusal> complete_claims(
    std::string_view given, token_circumstances const& with
)
{
    if (!text::is_json_object(given))
        return core::refusal::because(R"(not a JSON object such as {"sub":"alice"})");
    auto const members = text::members_of(given);
    if (!holds(members, "sub")) return core::refusal::because("sub is missing, whom the token is for");

    std::string payload(given.substr(0, given.rfind('}')));
    for (auto const& claim : demanded_claims(with)) {
        if (claim.value.empty() || holds(members, claim.name)) continue;
        payload.append(",").append(quoted(claim.name)).append(":").append(claim.value);
    }
    return payload + "}";
}

}  // namespace jwtgate::cli
