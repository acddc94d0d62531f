#include "auth/account.hpp"

#include "auth/admin/user_cutoff.hpp"
#include "auth/error.hpp"
#include "auth/incident.hpp"
#include "auth/passwords/opaque_string.hpp"
#include "auth/passwords/password_pool.hpp"
#include "auth/passwords/password_rules.hpp"
#include "auth/revocation/revocation_index.hpp"

#include <utility>

namespace jwtgate::auth {
namespace {

incident of(std::string_view what, account_holder const& who, core::error_code why) noexcept
{
    return {what, who.user_name, who.from.address, who.session, why};
}

}  // namespace

task<result<std::vector<session>>> account::list(std::string user_name)
{
    return shared_.store.list_sessions(std::move(user_name), shared_.clock.now());
}

task<result<void>> account::end_one(account_holder who, std::string session)
{
    auto const ended = co_await shared_.store.end_session_of(who.user_name, session);
    if (ended) shared_.revoked.note_stored_end(session);
    record(shared_.log, of("session_end", who, ended.error()));
    co_return ended;
}

task<result<void>> account::end_all(account_holder who)
{
    return end_but(std::move(who), {});
}

task<result<void>> account::end_others(account_holder who)
{
    auto spared = who.session;
    return end_but(std::move(who), std::move(spared));
}

task<password_answer> account::change_password(account_holder who, password_change given)
{
    password_answer answer{.changed = check_wanted(who, given)};
    if (!answer.changed) co_return answer;
    credentials claimed{who.user_name, std::move(given.current), std::move(given.devices)};
    auto identified = co_await login_.identify(std::move(claimed), who.from);
    answer.wait = identified.wait;
    if (!identified.checked) {
        answer.changed = identified.checked.error();
    } else {
        auto& known = identified.checked->user;
        answer.changed = co_await replace(who, std::move(known), std::move(given.wanted));
    }
    if (answer.wait.count() == 0) record(shared_.log, of("password_change", who, answer.changed.error()));
    co_return answer;
}

task<result<void>> account::accept_invite(accepted_invite given, client from)
{
    auto const used = co_await use_invite(std::move(given));
    auto const name = used ? *used : std::string("?");
    record(shared_.log, {"invite_use", name, from.address, {}, used.error()});
    if (!used) co_return used.error();
    co_return result<void>{};
}

// Nothing is hashed for one that does not count. Whose it is.
task<result<std::string>> account::use_invite(accepted_invite given)
{
    auto const digest = digest_of(given.invite.reveal());
    auto const invited = co_await shared_.store.find_invited(digest, shared_.clock.now());
    if (!invited) co_return invited.error();
    password_demands const demands{.user_name = invited->name, .min_length = password_min_length()};
    auto const good = check_new_password(given.wanted.reveal(), demands);
    if (!good) co_return good.error();
    auto hash = co_await shared_.passwords.hash(std::move(given.wanted));
    if (!hash) co_return hash.error();
    auto const at = cutoff_now(shared_);
    auto const used = co_await shared_.store.use_invite(digest, std::move(*hash), at);
    if (!used) co_return used.error();
    end_at_once(shared_, {used->user_name, at.issued_before}, used->ended);
    co_return used->user_name;
}

// Before anything is hashed, and whatever the current password is: that tells nobody what it is.
result<void> account::check_wanted(account_holder const& who, password_change const& given) const
{
    auto const good = check_new_password(
        given.wanted.reveal(), {.user_name = who.user_name, .min_length = password_min_length()}
    );
    if (!good) return good.error();
    auto const now = opaque_string(given.current.reveal());
    auto const then = opaque_string(given.wanted.reveal());
    if (core::equal_in_constant_time(now.reveal(), then.reveal())) return errc::password_unchanged;
    return {};
}

task<result<void>> account::end_but(account_holder who, std::string spared)
{
    auto const ended = co_await shared_.store.end_sessions_of(who.user_name, std::move(spared));
    if (ended) note_ended(*ended);
    record(shared_.log, of("sessions_end", who, ended.error()));
    if (!ended) co_return ended.error();
    co_return result<void>{};
}

task<result<void>> account::replace(account_holder who, user known, core::secret wanted)
{
    auto hash = co_await shared_.passwords.hash(std::move(wanted));
    if (!hash) co_return hash.error();
    user_as_seen const seen{.id = known.id, .password_version = known.password_version};
    auto const ended = co_await shared_.store.change_password(seen, std::move(*hash), who.session);
    if (!ended) co_return ended.error();
    note_ended(*ended);
    co_return result<void>{};
}

void account::note_ended(std::vector<std::string> const& ended)
{
    for (auto const& session : ended) shared_.revoked.note_stored_end(session);
}

}  // namespace jwtgate::auth
