#include "auth/admin/session_admin.hpp"

#include "auth/admin/user_cutoff.hpp"
#include "auth/error.hpp"
#include "auth/revocation/revocation_index.hpp"

#include <utility>

namespace jwtgate::auth {

task<result<std::vector<session>>> session_admin::list(std::string after)
{
    return shared_.store.live_sessions(std::move(after), shared_.clock.now());
}

task<result<std::vector<session>>> session_admin::list_of(std::string user_name)
{
    auto const folded = fold_user_name(user_name);
    if (!folded) co_return errc::no_such_user;
    auto const user = co_await shared_.store.find_user(*folded);
    if (!user) co_return user.error();
    co_return co_await shared_.store.list_sessions(user->name, shared_.clock.now());
}

task<result<std::string>> session_admin::end(std::string session)
{
    auto const found = co_await shared_.store.find_session(session);
    if (!found) co_return found.error();
    auto const& owner = found->user.name;
    auto const ended = co_await shared_.store.end_session_of(owner, session);
    if (!ended) co_return ended.error();
    shared_.revoked.note_stored_end(session);
    co_return owner;
}

task<result<std::size_t>> session_admin::end_all_of(std::string user_name)
{
    auto const folded = fold_user_name(user_name);
    if (!folded) co_return errc::no_such_user;
    auto const at = cutoff_now(shared_);
    auto const ended = co_await shared_.store.cut_off_user(*folded, at);
    if (!ended) co_return ended.error();
    co_return end_at_once(shared_, {*folded, at.issued_before}, *ended);
}

}  // namespace jwtgate::auth
