#pragma once

#include "auth/store.hpp"
#include "core/log/log.hpp"
#include "store/sqlite_reader.hpp"
#include "store/sqlite_writer.hpp"

#include <soci/soci.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jwtgate::store {

/// The calls of auth::store over a SQLite database, each on the thread of its connection.
class sqlite_calls final : public auth::store {
public:
    struct connections {
        std::unique_ptr<soci::session> writer;
        std::unique_ptr<soci::session> reader;
    };

    sqlite_calls(connections to, std::filesystem::path const& file, core::log const& log)
        : writer_{std::move(to.writer), file, log}, reader_{std::move(to.reader), log}
    {}

    std::string why_busy() const override
    {
        auto why = writer_.why_busy();
        return why.empty() ? reader_.why_busy() : why;
    }

    auth::task<auth::result<auth::user>> find_user(std::string name) override
    {
        return reader_.read([name = std::move(name)](tables& db) { return db.find_user(name); });
    }

    auth::task<auth::result<std::vector<auth::user>>> list_users() override
    {
        return reader_.read([](tables& db) { return db.list_users(); });
    }

    auth::task<auth::result<void>> add_user(auth::user added) override
    {
        return writer_.write([added = std::move(added)](tables& db) { return db.add_user(added); });
    }

    auth::task<auth::result<bool>> invite_user(auth::user invited, auth::invite made) override
    {
        return writer_.write([invited = std::move(invited), made = std::move(made)](tables& db) {
            return db.invite_user(invited, made);
        });
    }

    auth::task<auth::result<auth::user>> find_invited(std::string digest, std::chrono::sys_seconds now)
        override
    {
        return reader_.read([digest = std::move(digest), now](tables& db) {
            return db.find_invited(digest, now);
        });
    }

    auth::task<auth::result<auth::used_invite>> use_invite(
        std::string digest, std::string password_hash, auth::cutoff at
    ) override
    {
        return writer_.write([digest = std::move(digest), hash = std::move(password_hash), at](tables& db) {
            return db.use_invite(digest, hash, at);
        });
    }

    auth::task<auth::result<std::vector<std::string>>> update_user(
        std::string name, auth::user_change change, auth::cutoff at
    ) override
    {
        return writer_.write([name = std::move(name), change = std::move(change), at](tables& db) {
            return db.update_user(name, change, at);
        });
    }

    auth::task<auth::result<std::vector<std::string>>> delete_user(std::string name, auth::cutoff at) override
    {
        return writer_.write([name = std::move(name), at](tables& db) { return db.delete_user(name, at); });
    }

    auth::task<auth::result<void>> rehash_password(auth::user_as_seen seen, std::string password_hash)
        override
    {
        return writer_.write([seen, hash = std::move(password_hash)](tables& db) {
            return db.rehash_password(seen, hash);
        });
    }

    auth::task<auth::result<auth::started_session>> start_session(
        auth::session started, auth::user_as_seen seen, std::size_t most
    ) override
    {
        return writer_.write([started = std::move(started), seen, most](tables& db) {
            return db.start_session(started, seen, most);
        });
    }

    auth::task<auth::result<auth::session_and_user>> find_session(std::string id) override
    {
        return reader_.read([id = std::move(id)](tables& db) { return db.find_session(id); });
    }

    auth::task<auth::result<auth::rotated_session>> rotate_session(auth::rotation asked) override
    {
        return writer_.write([asked = std::move(asked)](tables& db) { return db.rotate_session(asked); });
    }

    auth::task<auth::result<void>> end_sessions(std::vector<auth::session_end> ended) override
    {
        auto ends = ended;
        return writer_.write(
            [ended = std::move(ended)](tables& db) { return db.end_sessions(ended); }, std::move(ends)
        );
    }

    auth::task<auth::result<std::vector<auth::session>>> list_sessions(
        std::string user_name, std::chrono::sys_seconds now
    ) override
    {
        return reader_.read([name = std::move(user_name), now](tables& db) {
            return db.list_sessions(name, now);
        });
    }

    auth::task<auth::result<void>> end_session_of(std::string user_name, std::string id) override
    {
        return writer_.write([name = std::move(user_name), id = std::move(id)](tables& db) {
            return db.end_session_of(name, id);
        });
    }

    auth::task<auth::result<std::vector<std::string>>> end_sessions_of(
        std::string user_name, std::string spared
    ) override
    {
        return writer_.write([name = std::move(user_name), spared = std::move(spared)](tables& db) {
            return db.end_sessions_of(name, spared);
        });
    }

    auth::task<auth::result<std::vector<auth::session>>> live_sessions(
        std::string after, std::chrono::sys_seconds now
    ) override
    {
        return reader_.read([after = std::move(after), now](tables& db) {
            return db.live_sessions({after, now, live_part});
        });
    }

    auth::task<auth::result<std::vector<std::string>>> cut_off_user(std::string name, auth::cutoff at)
        override
    {
        return writer_.write([name = std::move(name), at](tables& db) { return db.cut_off_user(name, at); });
    }

    auth::task<auth::result<std::vector<std::string>>> change_password(
        auth::user_as_seen seen, std::string password_hash, std::string session
    ) override
    {
        return writer_.write([seen, hash = std::move(password_hash), session = std::move(session)](tables& db
                             ) { return db.change_password(seen, hash, session); });
    }

    auth::task<auth::result<std::vector<std::string>>> ended_sessions(std::string after) override
    {
        return reader_.read([after = std::move(after)](tables& db) {
            return db.ended_sessions(after, ended_part);
        });
    }

    auth::task<auth::result<std::vector<auth::user_cutoff>>> user_cutoffs() override
    {
        return reader_.read([](tables& db) { return db.user_cutoffs(); });
    }

    auth::task<auth::result<std::optional<std::chrono::sys_seconds>>> note_time(
        std::chrono::sys_seconds now, auth::time_note how
    ) override
    {
        return writer_.write([now, how](tables& db) { return db.note_time(now, how); });
    }

    auth::task<auth::result<auth::purged>> purge(std::chrono::sys_seconds now) override;

    auth::task<auth::result<auth::failed_logins>> remembered_failures(std::size_t most) override
    {
        return reader_.read([most](tables& db) { return db.remembered_failures(most); });
    }

    auth::task<auth::result<void>> remember_failures(auth::failure_changes changed) override
    {
        return writer_.write([changed = std::move(changed)](tables& db) {
            return db.remember_failures(changed);
        });
    }

private:
    // Rows that one transaction deletes at most, so that a purge lets others in between.
    static constexpr std::int64_t purge_batch = 100;
    // Rows that one read of the ended sessions yields, for the same reason.
    static constexpr std::int64_t ended_part = 5000;
    // The same of the live ones, whose rows are larger.
    static constexpr std::int64_t live_part = 1000;

    sqlite_writer writer_;
    sqlite_reader reader_;
};

}  // namespace jwtgate::store
