#include "auth/error.hpp"

#include <string>

namespace jwtgate::auth {
namespace {

char const* text(errc code) noexcept
{
    switch (code) {
        case errc::bad_credentials:
            return "bad user name or password";
        case errc::too_many_failures:
            return "too many failed logins";
        case errc::busy:
            return "busy, try again later";
        case errc::token_revoked:
            return "the token has been revoked";
        case errc::token_reused:
            return "the refresh token was used before";
        case errc::counter_ahead:
            return "the refresh token is newer than its session";
        case errc::unusable_session:
            return "the session's row cannot be used";
        case errc::access_required:
            return "an access token is required";
        case errc::refresh_required:
            return "a refresh token is required";
        case errc::fresh_required:
            return "a fresh access token is required";
        case errc::role_missing:
            return "none of the needed roles";
        case errc::user_exists:
            return "a user of this name exists";
        case errc::no_such_user:
            return "no such user";
        case errc::no_such_session:
            return "no such session";
        case errc::bad_user_name:
            return "a user name is 1 to 64 of A-Z a-z 0-9 . _ @ + - and begins with a letter or digit";
        case errc::bad_role:
            return "a role is 1 to 32 of a-z 0-9 . _ - and begins with a letter or digit; at most 32 roles a "
                   "user";
        case errc::token_too_large:
            return "these roles make a token that browsers would not keep";
        case errc::password_too_short:
            return "the password is too short";
        case errc::password_too_long:
            return "the password is longer than 128 characters";
        case errc::password_not_text:
            return "the password is not UTF-8 text without NUL";
        case errc::password_has_control:
            return "the password has a control character in it (a tab, a line end)";
        case errc::password_too_common:
            return "the password is among the commonest, or is the user name";
        case errc::password_unchanged:
            return "the new password is the current one";
    }
    return "unknown error";
}

class category final : public boost::system::error_category {
public:
    char const* name() const noexcept override { return "jwtgate.auth"; }

    std::string message(int value) const override { return text(static_cast<errc>(value)); }
};

}  // namespace

boost::system::error_category const& error_category() noexcept
{
    static category const instance;
    return instance;
}

}  // namespace jwtgate::auth
