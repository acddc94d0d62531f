#include "support/fake_store.hpp"

#include "auth/error.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace jwtgate::test {

auth::user& fake_store::put(auth::user added)
{
    added.id = ++last_user_id_;
    return users[added.name] = std::move(added);
}

auth::task<auth::result<auth::user>> fake_store::find_user(std::string name)
{
    if (refuses("find_user")) co_return auth::errc::busy;
    auto const found = users.find(name);
    if (found == users.end()) co_return auth::errc::no_such_user;
    co_return found->second;
}

auth::task<auth::result<std::vector<auth::user>>> fake_store::list_users()
{
    if (refuses("list_users")) co_return auth::errc::busy;
    std::vector<auth::user> all;
    for (auto const& [name, user] : users) all.push_back(user);
    co_return all;
}

auth::task<auth::result<void>> fake_store::add_user(auth::user added)
{
    if (refuses("add_user")) co_return auth::errc::busy;
    if (users.contains(added.name)) co_return auth::errc::user_exists;
    put(std::move(added));
    co_return auth::result<void>{};
}

auth::task<auth::result<bool>> fake_store::invite_user(auth::user invited, auth::invite made)
{
    if (refuses("invite_user")) co_return auth::errc::busy;
    auto const name = invited.name;
    bool const added = !users.contains(name);
    if (added) put(std::move(invited));
    invites[name] = std::move(made);
    co_return added;
}

auth::task<auth::result<auth::user>> fake_store::find_invited(
    std::string digest, std::chrono::sys_seconds now
)
{
    if (refuses("find_invited")) co_return auth::errc::busy;
    auto const* const user = invited_by(digest, now);
    if (user == nullptr) co_return auth::errc::bad_credentials;
    co_return *user;
}

auth::task<auth::result<auth::used_invite>> fake_store::use_invite(
    std::string digest, std::string password_hash, auth::cutoff at
)
{
    if (refuses("use_invite")) co_return auth::errc::busy;
    auto* const user = invited_by(digest, at.issued_before);
    if (user == nullptr) co_return auth::errc::bad_credentials;
    user->password_hash = std::move(password_hash);
    ++user->password_version;
    invites.erase(user->name);
    cut_off(user->name, at);
    co_return auth::used_invite{user->name, end_sessions_of(user->id, 0)};
}

auth::user* fake_store::invited_by(std::string const& digest, std::chrono::sys_seconds now)
{
    auto const found =
        std::ranges::find_if(invites, [&](auto const& each) { return each.second.digest == digest; });
    if (found == invites.end() || found->second.expires <= now) return nullptr;
    auto& user = users.at(found->first);
    return user.enabled ? &user : nullptr;
}

auth::task<auth::result<std::vector<std::string>>> fake_store::update_user(
    std::string name, auth::user_change change, auth::cutoff at
)
{
    if (refuses("update_user")) co_return auth::errc::busy;
    auto const found = users.find(name);
    if (found == users.end()) co_return auth::errc::no_such_user;
    auto& user = found->second;
    if (change.password_hash) {
        user.password_hash = *change.password_hash;
        ++user.password_version;
        invites.erase(name);
    }
    if (change.roles) user.roles = *change.roles;
    if (change.enabled) user.enabled = *change.enabled;
    if (!change.password_hash && !change.roles && change.enabled != false) co_return ids{};
    cut_off(name, at);
    co_return end_sessions_of(user.id, 0);
}

auth::task<auth::result<std::vector<std::string>>> fake_store::delete_user(std::string name, auth::cutoff at)
{
    if (refuses("delete_user")) co_return auth::errc::busy;
    auto const found = users.find(name);
    if (found == users.end()) co_return auth::errc::no_such_user;
    auto const gone = end_sessions_of(found->second.id, 0);
    cut_off(name, at);
    users.erase(found);
    invites.erase(name);
    co_return gone;
}

auth::task<auth::result<void>> fake_store::rehash_password(auth::user_as_seen seen, std::string password_hash)
{
    if (refuses("rehash_password")) co_return auth::errc::busy;
    auto* const user = find(seen);
    if (user != nullptr) user->password_hash = std::move(password_hash);
    co_return auth::result<void>{};
}

auth::task<auth::result<auth::started_session>> fake_store::start_session(
    auth::session started, auth::user_as_seen seen, std::size_t most
)
{
    before_session_start();
    if (refuses("start_session")) co_return auth::errc::busy;
    auto const* const user = find(seen);
    if (user == nullptr || !user->enabled) co_return auth::errc::bad_credentials;
    auth::started_session const done{.user = *user, .ended = end_sessions_of(user->id, most - 1)};
    sessions[started.id] = started;
    auto const cut = cutoffs.find(user->name);
    if (cut != cutoffs.end())
        cut->second.issued_before = std::min(cut->second.issued_before, started.created);
    co_return done;
}

auth::task<auth::result<auth::session_and_user>> fake_store::find_session(std::string id)
{
    if (refuses("find_session")) co_return auth::errc::busy;
    auto const found = sessions.find(id);
    if (found == sessions.end()) co_return auth::errc::no_such_session;
    auto const* const user = owner_of(found->second);
    if (user == nullptr) co_return auth::errc::no_such_session;
    co_return auth::session_and_user{found->second, *user};
}

auth::task<auth::result<auth::rotated_session>> fake_store::rotate_session(auth::rotation asked)
{
    if (refuses("rotate_session")) co_return auth::errc::busy;
    auto const row = sessions.find(asked.session);
    if (row == sessions.end()) co_return auth::errc::token_revoked;
    auto const* const user = owner_of(row->second);
    if (user == nullptr || !user->enabled) co_return auth::errc::token_revoked;
    auto const outcome = auth::judge(row->second, asked);
    if (outcome == auth::rotation_outcome::rotated) row->second = auth::after(row->second, asked);
    auth::rotated_session const done{outcome, {row->second, *user}};
    if (auth::ends_session(outcome)) end(asked.session, {});
    co_return done;
}

auth::task<auth::result<void>> fake_store::end_sessions(std::vector<auth::session_end> ends)
{
    if (refuses("end_sessions")) co_return auth::errc::busy;
    for (auto const& one : ends) end(one.id, one.keep_until);
    co_return auth::result<void>{};
}

auth::task<auth::result<std::vector<auth::session>>> fake_store::list_sessions(
    std::string user_name, std::chrono::sys_seconds now
)
{
    if (refuses("list_sessions")) co_return auth::errc::busy;
    std::vector<auth::session> live;
    for (auto const& [id, session] : sessions) {
        bool const has_run_out = session.refresh_expires <= now || session.absolute_end <= now;
        if (session.user_name == user_name && !has_run_out) live.push_back(session);
    }
    std::ranges::stable_sort(live, std::ranges::greater{}, &auth::session::created);
    co_return live;
}

auth::task<auth::result<std::vector<auth::session>>> fake_store::live_sessions(
    std::string after, std::chrono::sys_seconds now
)
{
    if (refuses("live_sessions")) co_return auth::errc::busy;
    std::vector<auth::session> part;
    for (auto at = sessions.upper_bound(after); at != sessions.end() && part.size() < 2; ++at)
        if (at->second.refresh_expires > now && at->second.absolute_end > now) part.push_back(at->second);
    co_return part;
}

auth::task<auth::result<std::vector<std::string>>> fake_store::cut_off_user(std::string name, auth::cutoff at)
{
    if (refuses("cut_off_user")) co_return auth::errc::busy;
    auto const found = users.find(name);
    if (found == users.end()) co_return auth::errc::no_such_user;
    cut_off(name, at);
    co_return end_sessions_of(found->second.id, 0);
}

auth::task<auth::result<void>> fake_store::end_session_of(std::string user_name, std::string id)
{
    if (refuses("end_session_of")) co_return auth::errc::busy;
    auto const row = sessions.find(id);
    if (row == sessions.end() || row->second.user_name != user_name) co_return auth::errc::no_such_session;
    end(id, {});
    co_return auth::result<void>{};
}

auth::task<auth::result<std::vector<std::string>>> fake_store::end_sessions_of(
    std::string user_name, std::string spared
)
{
    if (refuses("end_sessions_of")) co_return auth::errc::busy;
    co_return end_others(user_name, spared);
}

auth::task<auth::result<std::vector<std::string>>> fake_store::change_password(
    auth::user_as_seen seen, std::string password_hash, std::string session
)
{
    before_password_change();
    if (refuses("change_password")) co_return auth::errc::busy;
    auto* const user = find(seen);
    if (user == nullptr || !user->enabled) co_return auth::errc::bad_credentials;
    if (!sessions.contains(session)) co_return auth::errc::token_revoked;
    user->password_hash = std::move(password_hash);
    ++user->password_version;
    invites.erase(user->name);
    co_return end_others(user->name, session);
}

auth::task<auth::result<std::vector<std::string>>> fake_store::ended_sessions(std::string after)
{
    if (refuses("ended_sessions")) co_return auth::errc::busy;
    ids part;
    for (auto at = ended.upper_bound(after); at != ended.end() && part.size() < 2; ++at)
        part.push_back(at->first);
    co_return part;
}

auth::task<auth::result<std::vector<auth::user_cutoff>>> fake_store::user_cutoffs()
{
    if (refuses("user_cutoffs")) co_return auth::errc::busy;
    std::vector<auth::user_cutoff> all;
    for (auto const& [name, at] : cutoffs) all.push_back({name, at.issued_before});
    co_return all;
}

auth::task<auth::result<std::optional<std::chrono::sys_seconds>>> fake_store::note_time(
    std::chrono::sys_seconds now, auth::time_note how
)
{
    if (refuses("note_time")) co_return auth::errc::busy;
    auto const before = last_seen_time;
    if (how == auth::time_note::replace || !before || *before < now) last_seen_time = now;
    co_return before;
}

auth::task<auth::result<auth::purged>> fake_store::purge(std::chrono::sys_seconds now)
{
    if (refuses("purge")) co_return auth::errc::busy;
    auto const has_run_out = [before = now - auth::revocation_margin](auto const& each) {
        return each.second.refresh_expires < before || each.second.absolute_end < before;
    };
    auto const is_past = [now](auto const& each) { return each.second < now; };
    auto const is_past_cutoff = [now](auto const& each) { return each.second.keep_until < now; };
    co_return auth::purged{
        .sessions = static_cast<std::int64_t>(std::erase_if(sessions, has_run_out)),
        .ended = static_cast<std::int64_t>(std::erase_if(ended, is_past)),
        .cutoffs = static_cast<std::int64_t>(std::erase_if(cutoffs, is_past_cutoff)),
    };
}

auth::task<auth::result<auth::failed_logins>> fake_store::remembered_failures(std::size_t most)
{
    if (refuses("remembered_failures")) co_return auth::errc::busy;
    auto found = failures;
    if (found.counts.size() > most) found.counts.resize(most);
    co_return found;
}

auth::task<auth::result<void>> fake_store::remember_failures(auth::failure_changes changed)
{
    if (refuses("remember_failures")) co_return auth::errc::busy;
    failures.clock = changed.clock;
    for (auto const& one : changed.counts) {
        std::erase_if(failures.counts, [&](auto const& each) { return each.key == one.key; });
        failures.counts.push_back(one);
    }
    std::erase_if(failures.counts, [&](auto const& each) { return each.gone_at <= changed.clock; });
    co_return auth::result<void>{};
}

bool fake_store::refuses(std::string_view call)
{
    ++calls;
    return away || call == away_for;
}

auth::user* fake_store::find(auth::user_as_seen seen)
{
    for (auto& [name, user] : users) {
        if (user.id == seen.id && user.password_version == seen.password_version) return &user;
    }
    return nullptr;
}

auth::user const* fake_store::owner_of(auth::session const& session) const
{
    auto const found = users.find(session.user_name);
    return found != users.end() && found->second.id == session.user_id ? &found->second : nullptr;
}

void fake_store::cut_off(std::string const& name, auth::cutoff at)
{
    auto& kept = cutoffs[name];
    if (kept.issued_before < at.issued_before) kept = at;
}

void fake_store::end(std::string const& id, std::chrono::sys_seconds keep_until)
{
    auto const row = sessions.find(id);
    bool const has_row = row != sessions.end();
    ended.emplace(id, has_row ? row->second.absolute_end + auth::revocation_margin : keep_until);
    if (has_row) sessions.erase(row);
}

fake_store::ids fake_store::end_sessions_of(std::int64_t user_id, std::size_t spared)
{
    std::vector<auth::session> all;
    for (auto const& [id, session] : sessions) {
        if (session.user_id == user_id) all.push_back(session);
    }
    std::ranges::stable_sort(all, std::ranges::greater{}, &auth::session::rotated_at);
    ids gone;
    for (std::size_t i = spared; i < all.size(); ++i) gone.push_back(all[i].id);
    for (auto const& id : gone) end(id, {});
    return gone;
}

fake_store::ids fake_store::end_others(std::string_view user_name, std::string_view spared)
{
    ids gone;
    for (auto const& [id, session] : sessions) {
        if (session.user_name == user_name && id != spared) gone.push_back(id);
    }
    for (auto const& id : gone) end(id, {});
    return gone;
}

}  // namespace jwtgate::test
