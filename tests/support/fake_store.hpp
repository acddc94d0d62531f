#pragma once

#include "auth/error.hpp"
#include "auth/store.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jwtgate::test {

/// An auth::store in memory, which keeps what its header says, on one thread.
class fake_store final : public auth::store {
public:
    bool away = false;          ///< every call answers busy and changes nothing
    std::string_view away_for;  ///< only the call of this name does

    /// What happens in the store between the caller's reading of the user and its writing of the session.
    std::function<void()> before_session_start = [] {};

    std::map<std::string, auth::user> users;
    std::map<std::string, auth::session> sessions;
    std::map<std::string, std::chrono::sys_seconds> ended;
    std::chrono::seconds longest_access_ttl{0};

    /// Adds one as it is, with the next id.
    auth::user& put(auth::user added)
    {
        added.id = ++last_user_id_;
        return users[added.name] = std::move(added);
    }

    auth::task<auth::result<auth::user>> find_user(std::string name) override
    {
        if (refuses("find_user")) co_return auth::errc::busy;
        auto const found = users.find(name);
        if (found == users.end()) co_return auth::errc::no_such_user;
        co_return found->second;
    }

    auth::task<auth::result<std::vector<auth::user>>> list_users() override
    {
        if (refuses("list_users")) co_return auth::errc::busy;
        std::vector<auth::user> all;
        for (auto const& [name, user] : users) all.push_back(user);
        co_return all;
    }

    auth::task<auth::result<void>> add_user(auth::user added) override
    {
        if (refuses("add_user")) co_return auth::errc::busy;
        if (users.contains(added.name)) co_return auth::errc::user_exists;
        put(std::move(added));
        co_return auth::result<void>{};
    }

    auth::task<auth::result<std::vector<std::string>>> update_user(
        std::string name, auth::user_change change, std::chrono::sys_seconds now
    ) override
    {
        if (refuses("update_user")) co_return auth::errc::busy;
        auto const found = users.find(name);
        if (found == users.end()) co_return auth::errc::no_such_user;
        auto& user = found->second;
        if (change.password_hash) user.password_hash = *change.password_hash, ++user.password_version;
        if (change.roles) user.roles = *change.roles;
        if (change.enabled) user.enabled = *change.enabled;
        co_return end_sessions_of(user.id, now);
    }

    auth::task<auth::result<std::vector<std::string>>> delete_user(
        std::string name, std::chrono::sys_seconds now
    ) override
    {
        if (refuses("delete_user")) co_return auth::errc::busy;
        auto const found = users.find(name);
        if (found == users.end()) co_return auth::errc::no_such_user;
        auto const ids = end_sessions_of(found->second.id, now);
        users.erase(found);
        co_return ids;
    }

    auth::task<auth::result<void>> rehash_password(auth::user_as_seen seen, std::string password_hash)
        override
    {
        if (refuses("rehash_password")) co_return auth::errc::busy;
        auto* const user = find(seen);
        if (user != nullptr) user->password_hash = std::move(password_hash);
        co_return auth::result<void>{};
    }

    auth::task<auth::result<auth::user>> start_session(auth::session started, auth::user_as_seen seen)
        override
    {
        before_session_start();
        if (refuses("start_session")) co_return auth::errc::busy;
        auto const* const user = find(seen);
        if (user == nullptr || !user->enabled) co_return auth::errc::bad_credentials;
        sessions[started.id] = started;
        co_return *user;
    }

    auth::task<auth::result<auth::session_and_user>> find_session(std::string id) override
    {
        if (refuses("find_session")) co_return auth::errc::busy;
        auto const found = sessions.find(id);
        if (found == sessions.end()) co_return auth::errc::no_such_session;
        auto const* const user = owner_of(found->second);
        if (user == nullptr) co_return auth::errc::no_such_session;
        co_return auth::session_and_user{as_read(found->second), *user};
    }

    auth::task<auth::result<auth::session_and_user>> rotate_session(auth::rotation next) override
    {
        if (refuses("rotate_session")) co_return auth::errc::busy;
        auto const found = sessions.find(next.session);
        if (found == sessions.end() || ended.contains(next.session)) co_return auth::errc::token_revoked;
        auto& session = found->second;
        auto const* const user = owner_of(session);
        if (user == nullptr || !user->enabled) co_return auth::errc::token_revoked;
        if (session.counter != next.from_counter) co_return auth::errc::conflict;
        ++session.counter;
        session.prev_rotated_at = std::exchange(session.rotated_at, next.at);
        session.rotated_kid = next.key_id;
        session.refresh_expires = next.refresh_expires;
        co_return auth::session_and_user{session, *user};
    }

    auth::task<auth::result<void>> end_sessions(std::vector<std::string> ids, std::chrono::sys_seconds now)
        override
    {
        if (refuses("end_sessions")) co_return auth::errc::busy;
        for (auto const& id : ids) ended.emplace(id, now);
        co_return auth::result<void>{};
    }

    auth::task<auth::result<std::vector<auth::ended_session>>> ended_sessions(std::chrono::sys_seconds since
    ) override
    {
        if (refuses("ended_sessions")) co_return auth::errc::busy;
        std::vector<auth::ended_session> found;
        for (auto const& [id, at] : ended) {
            if (at >= since) found.push_back({id, at});
        }
        co_return found;
    }

    auth::task<auth::result<std::chrono::seconds>> note_access_ttl(std::chrono::seconds ttl) override
    {
        if (refuses("note_access_ttl")) co_return auth::errc::busy;
        longest_access_ttl = std::max(longest_access_ttl, ttl);
        co_return longest_access_ttl;
    }

    auth::task<auth::result<std::int64_t>> purge_sessions(std::chrono::sys_seconds before) override
    {
        if (refuses("purge_sessions")) co_return auth::errc::busy;
        auto const is_past = [before](auto const& each) {
            return each.second.refresh_expires < before || each.second.absolute_end < before;
        };
        auto const gone = std::erase_if(sessions, is_past);
        auto const ended_before = [before](auto const& each) { return each.second < before; };
        for (auto const& [id, at] : ended) {
            if (at < before) sessions.erase(id);
        }
        co_return static_cast<std::int64_t>(gone + std::erase_if(ended, ended_before));
    }

private:
    bool refuses(std::string_view call) const { return away || call == away_for; }

    auth::user* find(auth::user_as_seen seen)
    {
        for (auto& [name, user] : users) {
            if (user.id == seen.id && user.password_version == seen.password_version) return &user;
        }
        return nullptr;
    }

    auth::user const* owner_of(auth::session const& session) const
    {
        auto const found = users.find(session.user_name);
        return found != users.end() && found->second.id == session.user_id ? &found->second : nullptr;
    }

    auth::session as_read(auth::session session) const
    {
        session.revoked = ended.contains(session.id);
        return session;
    }

    std::vector<std::string> end_sessions_of(std::int64_t user_id, std::chrono::sys_seconds now)
    {
        std::vector<std::string> ids;
        for (auto const& [id, session] : sessions) {
            if (session.user_id == user_id && ended.emplace(id, now).second) ids.push_back(id);
        }
        return ids;
    }

    std::int64_t last_user_id_ = 0;
};

}  // namespace jwtgate::test
