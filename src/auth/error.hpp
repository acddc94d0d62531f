#pragma once

#include <boost/system/error_code.hpp>

#include <type_traits>

namespace jwtgate::auth {

/// Why the domain refuses. What is wrong with a token itself is a jwt::errc.
enum class errc {
    bad_credentials = 1,   ///< no such user, wrong password, or a disabled user: never says which
    too_many_failures,     ///< failed logins hold this one up, whatever its password
    busy,                  ///< the password pool is full, or the store cannot answer now; worth another try
    token_revoked,         ///< the session has ended
    token_reused,          ///< the refresh token was superseded some time ago: that ended its session
    counter_ahead,         ///< the refresh token is newer than its session: that ended it
    unusable_session,      ///< the session's row says what no program of ours writes
    access_required,       ///< a refresh token where an access token is needed, or any other type
    refresh_required,      ///< an access token where a refresh token is needed
    fresh_required,        ///< an access token that does not come right from a login
    role_missing,          ///< the user has none of the roles that are needed
    user_exists,           ///< a user of this name is there already
    no_such_user,          ///< no user of this name (command line only)
    no_such_session,       ///< no session with this id
    bad_user_name,         ///< not `[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}`
    bad_role,              ///< not `[a-z0-9][a-z0-9._-]{0,31}`, or more than 32 of them
    token_too_large,       ///< these roles would make a cookie that browsers drop
    password_too_short,    ///< fewer characters than password-min-length
    password_too_long,     ///< more than 128 characters
    password_not_text,     ///< not UTF-8, or a NUL in it
    password_has_control,  ///< a control character in it (Unicode's Cc): a tab, a line end
    password_too_common,   ///< on the list of the commonest passwords, or the name of its user
    password_unchanged,    ///< the new password is the current one
};

boost::system::error_category const& error_category() noexcept;

inline boost::system::error_code make_error_code(errc e) noexcept
{
    return {static_cast<int>(e), error_category()};
}

}  // namespace jwtgate::auth

template <>
struct boost::system::is_error_code_enum<jwtgate::auth::errc> : std::true_type {};
