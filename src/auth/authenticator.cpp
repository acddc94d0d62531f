#include "auth/authenticator.hpp"

namespace jwtgate::auth {
namespace {

// Of each worker: a browser sends the same token for as long as it lives.
constexpr std::size_t remembered_texts = 1024;

jwt::policy policy_of(settings const& chosen)
{
    return {
        .issuer = chosen.issuer,
        .audience = chosen.audience,
        .leeway = chosen.leeway,
        .remembered_texts = remembered_texts,
    };
}

}  // namespace

authenticator::authenticator(
    jwt::key_ring const& keys,
    settings const& chosen,
    revocation_index const& revoked,
    core::clock const& clock
)
    : verifier_{keys, policy_of(chosen)}, revoked_{revoked}, clock_{clock}
{}

core::result<jwt::verified> authenticator::authenticate(
    std::string_view token, token_need const& needed
) noexcept
{
    auto verified = verifier_.verify(token, clock_.now());
    if (!verified) return verified;
    auto const counts = check(verified->claims(), needed, revoked_);
    if (!counts) return counts.error();
    return verified;
}

core::result<jwt::verified> authenticator::recognise(std::string_view token) noexcept
{
    return verifier_.verify_signature(token);
}

}  // namespace jwtgate::auth
