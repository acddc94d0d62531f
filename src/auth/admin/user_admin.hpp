#pragma once

#include "auth/service.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace jwtgate::auth {

/// The most that browsers keep of a cookie, name and attributes included, and the most of it that is not the
/// token:
/// `__Secure-access_token_cookie=`, a cookie-prefix of 32, a Domain of 253 characters and all other
/// attributes. roles that would make more are refused.
inline constexpr std::size_t max_cookie_size = 4000;
inline constexpr std::size_t max_cookie_overhead = 392;

/// An invite as only its user may have it.
struct new_invite_of {
    std::string invite;
    bool added = false;  ///< the user is new
};

/// What the command line does with users. Every change that ends sessions also puts them into the revocation
/// index, so a running server follows at once, and cuts off all that was issued to the user before: so it
/// holds for a session too whose row was lost.
class user_admin {
public:
    explicit user_admin(shared_state shared) noexcept : shared_{shared} {}

    /// Characters that a new password needs.
    std::size_t password_min_length() const noexcept { return shared_.settings.password_min_length; }

    /// Errors: bad_user_name, bad_role, token_too_large, password_*, user_exists, busy.
    task<result<void>> add(std::string name, core::secret password, std::vector<std::string> roles);

    /// Adds the user where there is none, without a password, and gives it an invite in place of the one that
    /// it has. Errors: bad_user_name, bad_role, token_too_large, user_exists when there is one with other
    /// roles than are given, busy.
    task<result<new_invite_of>> invite_user(std::string name, std::vector<std::string> roles);

    /// Errors: no_such_user, busy.
    task<result<user>> show(std::string name);

    task<result<std::vector<user>>> list();

    /// Errors: no_such_user, password_*, busy. Ends every session of the user and returns how many, as the
    /// next two do.
    task<result<std::size_t>> set_password(std::string name, core::secret password);
    task<result<std::size_t>> set_roles(std::string name, std::vector<std::string> roles);
    task<result<std::size_t>> disable(std::string name);

    task<result<void>> enable(std::string name);

    /// Ends every session of the user, then forgets the user. Returns how many sessions that were.
    task<result<std::size_t>> remove(std::string name);

private:
    bool fits_cookie(std::string const& name, std::vector<std::string> const& roles) const;
    task<result<void>> check_invited(user const& wanted);
    task<result<std::size_t>> end_by_change(std::string folded_name, user_change wanted);

    shared_state shared_;
};

}  // namespace jwtgate::auth
