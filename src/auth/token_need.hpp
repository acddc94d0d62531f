#pragma once

#include "core/result.hpp"
#include <jwtgate/jwt/claims.hpp>

#include <span>
#include <string>

namespace jwtgate::auth {

class revocation_index;

enum class token_type { access, refresh };

/// What a request needs of its token.
struct token_need {
    token_type type = token_type::access;
    bool is_fresh = false;                        ///< right from a login
    std::span<std::string const> any_role{};      ///< one of these; none: whoever it is
    std::span<std::string const> and_any_role{};  ///< and one of these as well, the same
};

/// Whether a token counts for what is needed: type, session, freshness and role. Signature, form and times
/// are jwt::verifier's, which has passed it. Pure; the one place that decides this. Errors: access_required,
/// refresh_required, jwt::errc::missing_claim (a refresh token without `ctr`), token_revoked, fresh_required,
/// role_missing.
core::result<void> check(
    jwt::claims const& said, token_need const& needed, revocation_index const& revoked
) noexcept;

}  // namespace jwtgate::auth
