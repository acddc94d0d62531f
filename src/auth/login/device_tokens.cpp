#include "auth/login/device_tokens.hpp"

#include "auth/token_id.hpp"
#include "auth/token_minter.hpp"
#include "core/ip_address.hpp"

namespace jwtgate::auth {
namespace {

constexpr std::string_view type = "device";

std::string network_of(std::string_view address)
{
    auto const parsed = core::ip_address::parse(address);
    if (!parsed) return {};
    auto const network = parsed->network();
    return {network.begin(), network.end()};
}

}  // namespace

device_tokens::device_tokens(jwt::key_ring const& keys, core::random_source const& random)
    : random_{random}, signer_{keys}, verifier_{keys, {}}
{}

std::string device_tokens::recognise(
    std::span<std::string const> tokens, std::string_view user, std::chrono::sys_seconds now
)
{
    for (auto const& token : tokens) {
        auto const signed_by_us = verifier_.verify_signature(token);
        if (!signed_by_us) continue;
        auto const& said = signed_by_us->claims();
        bool const counts =
            said.type == type && said.subject == user && to_numeric_date(now) < *said.expires_at;
        if (counts) return std::string(said.session);
    }
    return {};
}

core::result<std::string> device_tokens::make(user_device const& of, std::chrono::sys_seconds now)
{
    auto const device = of.id.empty() ? new_id(of) : std::string(of.id);
    if (!device) return device.error();
    auto const id = core::random_id(random_, token_id_bytes);
    jwt::claims what;
    what.issued_at = to_numeric_date(now);
    what.id = id;
    what.type = type;
    what.subject = of.user;
    what.expires_at = to_numeric_date(now + device_life);
    what.session = *device;
    return signer_.sign(what);
}

// No token's signing input has a '|' in it, so this MAC is never that of a token.
core::result<std::string> device_tokens::new_id(user_device const& of)
{
    auto const mac = signer_.mac_of("device|" + std::string(of.user) + "|" + network_of(of.address));
    if (!mac) return mac.error();
    return token_id_of(*mac);
}

}  // namespace jwtgate::auth
