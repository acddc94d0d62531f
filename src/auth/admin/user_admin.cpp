#include "auth/admin/user_admin.hpp"

#include "auth/admin/user_cutoff.hpp"
#include "auth/error.hpp"
#include "auth/passwords/password_pool.hpp"
#include "auth/passwords/password_rules.hpp"

#include <algorithm>
#include <utility>

namespace jwtgate::auth {
namespace {

/// The roles as a user has them: sorted, none twice.
result<std::vector<std::string>> check_roles(std::vector<std::string> roles)
{
    if (!std::ranges::all_of(roles, is_role_name)) return errc::bad_role;
    std::ranges::sort(roles);
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    if (roles.size() > jwt::string_list::capacity) return errc::bad_role;
    return roles;
}

/// A key that makes tokens as long as any key does.
std::shared_ptr<jwt::key_set const> longest_key()
{
    auto const alg = jwt::algorithm::hs512;
    auto const json = jwt::make_key_set_json(
        alg, std::string(jwt::max_key_id_size, 'k'), std::string(jwt::mac_size(alg), 's')
    );
    auto keys = jwt::key_set::parse(json);
    return std::make_shared<jwt::key_set const>(std::move(*keys));
}

}  // namespace

task<result<void>> user_admin::add(std::string name, core::secret password, std::vector<std::string> roles)
{
    auto const folded = fold_user_name(name);
    if (!folded) co_return errc::bad_user_name;
    auto checked = check_roles(std::move(roles));
    if (!checked) co_return checked.error();
    if (!fits_cookie(*folded, *checked)) co_return errc::token_too_large;
    password_demands const demands{.user_name = *folded, .min_length = shared_.settings.password_min_length};
    auto const good = check_new_password(password.reveal(), demands);
    if (!good) co_return good.error();
    auto hash = co_await shared_.passwords.hash(std::move(password));
    if (!hash) co_return hash.error();
    user added;
    added.name = *folded;
    added.password_hash = std::move(*hash);
    added.roles = std::move(*checked);
    added.created = shared_.clock.now();
    co_return co_await shared_.store.add_user(std::move(added));
}

task<result<new_invite_of>> user_admin::invite_user(std::string name, std::vector<std::string> roles)
{
    auto const folded = fold_user_name(name);
    if (!folded) co_return errc::bad_user_name;
    auto checked = check_roles(std::move(roles));
    if (!checked) co_return checked.error();
    if (!fits_cookie(*folded, *checked)) co_return errc::token_too_large;
    user invited;
    invited.name = *folded;
    invited.roles = std::move(*checked);
    invited.created = shared_.clock.now();
    if (auto const fits = co_await check_invited(invited); !fits) co_return fits.error();
    new_invite_of made{.invite = new_invite(shared_.random)};
    invite kept{digest_of(made.invite), shared_.clock.now() + invite_life};
    auto const added = co_await shared_.store.invite_user(std::move(invited), std::move(kept));
    if (!added) co_return added.error();
    made.added = *added;
    co_return made;
}

// Roles are set by their own command, which ends sessions: here none may change in passing.
task<result<void>> user_admin::check_invited(user const& wanted)
{
    auto const found = co_await shared_.store.find_user(wanted.name);
    bool const is_new = !found && found.error() == errc::no_such_user;
    if (!found && !is_new) co_return found.error();
    if (found && !wanted.roles.empty() && wanted.roles != found->roles) co_return errc::user_exists;
    co_return result<void>{};
}

task<result<user>> user_admin::show(std::string name)
{
    auto const folded = fold_user_name(name);
    if (!folded) co_return errc::no_such_user;
    co_return co_await shared_.store.find_user(*folded);
}

task<result<std::vector<user>>> user_admin::list()
{
    return shared_.store.list_users();
}

task<result<std::size_t>> user_admin::set_password(std::string name, core::secret password)
{
    auto const folded = fold_user_name(name);
    if (!folded) co_return errc::no_such_user;
    password_demands const demands{.user_name = *folded, .min_length = shared_.settings.password_min_length};
    auto const good = check_new_password(password.reveal(), demands);
    if (!good) co_return good.error();
    auto hash = co_await shared_.passwords.hash(std::move(password));
    if (!hash) co_return hash.error();
    user_change wanted;
    wanted.password_hash = std::move(*hash);
    co_return co_await end_by_change(*folded, std::move(wanted));
}

task<result<std::size_t>> user_admin::set_roles(std::string name, std::vector<std::string> roles)
{
    auto const folded = fold_user_name(name);
    if (!folded) co_return errc::no_such_user;
    auto checked = check_roles(std::move(roles));
    if (!checked) co_return checked.error();
    if (!fits_cookie(*folded, *checked)) co_return errc::token_too_large;
    user_change wanted;
    wanted.roles = std::move(*checked);
    co_return co_await end_by_change(*folded, std::move(wanted));
}

task<result<std::size_t>> user_admin::disable(std::string name)
{
    auto const folded = fold_user_name(name);
    if (!folded) co_return errc::no_such_user;
    user_change wanted;
    wanted.enabled = false;
    co_return co_await end_by_change(*folded, std::move(wanted));
}

task<result<void>> user_admin::enable(std::string name)
{
    auto const folded = fold_user_name(name);
    if (!folded) co_return errc::no_such_user;
    user_change wanted;
    wanted.enabled = true;
    auto const changed = co_await shared_.store.update_user(*folded, std::move(wanted), cutoff_now(shared_));
    if (!changed) co_return changed.error();
    co_return result<void>{};
}

task<result<std::size_t>> user_admin::remove(std::string name)
{
    auto const folded = fold_user_name(name);
    if (!folded) co_return errc::no_such_user;
    auto const at = cutoff_now(shared_);
    auto const ended = co_await shared_.store.delete_user(*folded, at);
    if (!ended) co_return ended.error();
    co_return end_at_once(shared_, {*folded, at.issued_before}, *ended);
}

// Measured on a token that is really made; it goes nowhere.
bool user_admin::fits_cookie(std::string const& name, std::vector<std::string> const& roles) const
{
    session of;
    of.id = of.csrf_access = core::random_id(shared_.random, 16);
    of.rotated_at = shared_.clock.now();
    of.absolute_end = of.refresh_expires = of.rotated_at + shared_.settings.session_max_age;
    user whose;
    whose.name = name;
    whose.roles = roles;
    token_minter minter{longest_key(), shared_.settings, shared_.random};
    auto const made = minter.tokens_of(of, whose, freshness::refreshed, of.rotated_at);
    return made && made->access.token.size() + max_cookie_overhead <= max_cookie_size;
}

task<result<std::size_t>> user_admin::end_by_change(std::string folded_name, user_change wanted)
{
    auto const at = cutoff_now(shared_);
    auto const ended = co_await shared_.store.update_user(folded_name, std::move(wanted), at);
    if (!ended) co_return ended.error();
    co_return end_at_once(shared_, {folded_name, at.issued_before}, *ended);
}

}  // namespace jwtgate::auth
