#include "auth/token_need.hpp"

#include "auth/error.hpp"
#include "auth/revocation/revocation_index.hpp"
#include <jwtgate/jwt/error.hpp>

#include <algorithm>

namespace jwtgate::auth {
namespace {

bool has_any(std::optional<jwt::string_list> const& roles, std::span<std::string const> wanted) noexcept
{
    if (wanted.empty()) return true;
    return roles && std::ranges::any_of(wanted, [&](auto const& role) {
               return std::ranges::find(*roles, role) != roles->end();
           });
}

}  // namespace

core::result<void> check(
    jwt::claims const& said, token_need const& needed, revocation_index const& revoked
) noexcept
{
    bool const is_access = needed.type == token_type::access;
    if (is_access && said.type != "access") return errc::access_required;
    if (!is_access && said.type != "refresh") return errc::refresh_required;
    if (!is_access && !said.counter) return jwt::errc::missing_claim;
    if (revoked.refuses(said)) return errc::token_revoked;
    if (needed.is_fresh && said.fresh != true) return errc::fresh_required;
    if (!has_any(said.roles, needed.any_role)) return errc::role_missing;
    if (!has_any(said.roles, needed.and_any_role)) return errc::role_missing;
    return {};
}

}  // namespace jwtgate::auth
