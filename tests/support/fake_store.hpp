#pragma once

#include "auth/store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::test {

/// An auth::store in memory, which keeps what its header says, on one thread.
class fake_store final : public auth::store {
public:
    bool away = false;          ///< every call answers busy and changes nothing
    std::string_view away_for;  ///< only the call of this name does

    /// What happens in the store between the caller's reading of the user and its writing of the session.
    std::function<void()> before_session_start = [] {};
    std::function<void()> before_password_change = [] {};  ///< and the writing of its password

    std::map<std::string, auth::user> users;
    std::map<std::string, auth::invite> invites;  ///< by the user's name
    std::map<std::string, auth::session> sessions;
    std::map<std::string, std::chrono::sys_seconds> ended;  ///< id to keep_until
    std::map<std::string, auth::cutoff> cutoffs;
    std::optional<std::chrono::sys_seconds> last_seen_time;
    auth::failed_logins failures;
    int calls = 0;  ///< of any kind

    /// Adds one as it is, with the next id.
    auth::user& put(auth::user added);

    std::string why_busy() const override { return away || !away_for.empty() ? "it is away" : ""; }

    auth::task<auth::result<auth::user>> find_user(std::string name) override;
    auth::task<auth::result<std::vector<auth::user>>> list_users() override;
    auth::task<auth::result<void>> add_user(auth::user added) override;
    auth::task<auth::result<bool>> invite_user(auth::user invited, auth::invite made) override;
    auth::task<auth::result<auth::user>> find_invited(std::string digest, std::chrono::sys_seconds now)
        override;
    auth::task<auth::result<auth::used_invite>> use_invite(
        std::string digest, std::string password_hash, auth::cutoff at
    ) override;
    auth::task<auth::result<std::vector<std::string>>> update_user(
        std::string name, auth::user_change change, auth::cutoff at
    ) override;
    auth::task<auth::result<std::vector<std::string>>> delete_user(std::string name, auth::cutoff at)
        override;
    auth::task<auth::result<void>> rehash_password(auth::user_as_seen seen, std::string password_hash)
        override;
    auth::task<auth::result<auth::started_session>> start_session(
        auth::session started, auth::user_as_seen seen, std::size_t most
    ) override;
    auth::task<auth::result<auth::session_and_user>> find_session(std::string id) override;
    auth::task<auth::result<auth::rotated_session>> rotate_session(auth::rotation asked) override;
    auth::task<auth::result<void>> end_sessions(std::vector<auth::session_end> ends) override;
    auth::task<auth::result<std::vector<auth::session>>> list_sessions(
        std::string user_name, std::chrono::sys_seconds now
    ) override;

    /// Two at a time.
    auth::task<auth::result<std::vector<auth::session>>> live_sessions(
        std::string after, std::chrono::sys_seconds now
    ) override;
    auth::task<auth::result<std::vector<std::string>>> cut_off_user(std::string name, auth::cutoff at)
        override;
    auth::task<auth::result<void>> end_session_of(std::string user_name, std::string id) override;
    auth::task<auth::result<std::vector<std::string>>> end_sessions_of(
        std::string user_name, std::string spared
    ) override;
    auth::task<auth::result<std::vector<std::string>>> change_password(
        auth::user_as_seen seen, std::string password_hash, std::string session
    ) override;

    /// Two at a time.
    auth::task<auth::result<std::vector<std::string>>> ended_sessions(std::string after) override;
    auth::task<auth::result<std::vector<auth::user_cutoff>>> user_cutoffs() override;
    auth::task<auth::result<std::optional<std::chrono::sys_seconds>>> note_time(
        std::chrono::sys_seconds now, auth::time_note how
    ) override;
    auth::task<auth::result<auth::purged>> purge(std::chrono::sys_seconds now) override;
    auth::task<auth::result<auth::failed_logins>> remembered_failures(std::size_t most) override;
    auth::task<auth::result<void>> remember_failures(auth::failure_changes changed) override;

private:
    using ids = std::vector<std::string>;

    bool refuses(std::string_view call);
    auth::user* invited_by(std::string const& digest, std::chrono::sys_seconds now);
    auth::user* find(auth::user_as_seen seen);
    auth::user const* owner_of(auth::session const& session) const;
    void cut_off(std::string const& name, auth::cutoff at);
    void end(std::string const& id, std::chrono::sys_seconds keep_until);
    ids end_sessions_of(std::int64_t user_id, std::size_t spared);
    ids end_others(std::string_view user_name, std::string_view spared);

    std::int64_t last_user_id_ = 0;
};

}  // namespace jwtgate::test
