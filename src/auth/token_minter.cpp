#include "auth/token_minter.hpp"

#include "auth/token_id.hpp"

#include <algorithm>
#include <utility>

namespace jwtgate::auth {
namespace {

jwt::string_list views_of(std::vector<std::string> const& texts) noexcept
{
    jwt::string_list views;
    for (auto const& text : texts) views.push_back(text);
    return views;
}

jwt::claims access_claims(session const& of, user const& whose, freshness state) noexcept
{
    jwt::claims what;
    what.fresh = state == freshness::fresh;
    what.subject = whose.name;
    what.csrf = of.csrf_access;
    what.session = of.id;
    what.roles = views_of(whose.roles);
    return what;
}

}  // namespace

token_minter::token_minter(
    jwt::key_ring const& keys, settings const& chosen, core::random_source const& random
)
    : settings_{chosen}, random_{random}, signer_{keys}
{}

result<grant> token_minter::tokens_of(
    session const& of, user const& whose, freshness state, std::chrono::sys_seconds now
)
{
    auto what = access_claims(of, whose, state);
    auto const implicit_end = now + settings_.implicit_refresh_max;
    what.refreshable_until = to_numeric_date(std::min({of.absolute_end, of.refresh_expires, implicit_end}));
    auto access = access_token(what, now);
    if (!access) return access.error();
    auto refresh = refresh_token(of);
    if (!refresh) return refresh.error();
    return grant{
        .access = std::move(*access),
        .refresh_token = std::move(*refresh),
        .refresh_csrf = of.csrf_refresh,
        .refresh_lives_for = of.refresh_expires - now,
    };
}

result<access_grant> token_minter::access_token(jwt::claims what, std::chrono::sys_seconds now)
{
    auto const id = core::random_id(random_, token_id_bytes);
    auto const expires = std::min(now + settings_.access_ttl, from_numeric_date(*what.refreshable_until));
    what.issued_at = what.not_before = to_numeric_date(now);
    what.id = id;
    what.type = "access";
    what.expires_at = to_numeric_date(expires);
    add_issuer(what);
    auto token = signer_.sign(what);
    if (!token) return token.error();
    return access_grant{
        .token = std::move(*token), .csrf = std::string(what.csrf), .lives_for = expires - now};
}

result<std::string> token_minter::refresh_token(session const& of)
{
    auto made = refresh_token(of, of.rotated_kid);
    if (made || made.error() != jwt::errc::unknown_key) return made;
    return refresh_token(of, std::string(key_id()));  // its own is no longer in the ring
}

result<std::string> token_minter::refresh_token(session const& of, std::string const& kid)
{
    auto const id = refresh_token_id(of, kid);
    if (!id) return id.error();
    jwt::claims what;
    what.fresh = false;
    what.issued_at = what.not_before = to_numeric_date(of.rotated_at);
    what.id = *id;
    what.type = "refresh";
    what.subject = of.user_name;
    what.csrf = of.csrf_refresh;
    what.expires_at = to_numeric_date(of.refresh_expires);
    what.session = of.id;
    what.counter = of.counter;
    add_issuer(what);
    return signer_.sign_with(kid, what);
}

// No token's signing input has a '|' in it, so this MAC is never that of a token.
result<std::string> token_minter::refresh_token_id(session const& of, std::string const& kid)
{
    auto const mac = signer_.mac_with(kid, "jti|" + of.id + "|" + std::to_string(of.counter));
    if (!mac) return mac.error();
    return token_id_of(*mac);
}

void token_minter::add_issuer(jwt::claims& what) const noexcept
{
    what.issuer = settings_.issuer;
    what.audience = {};
    if (!settings_.audience.empty()) what.audience.push_back(settings_.audience);
}

}  // namespace jwtgate::auth
