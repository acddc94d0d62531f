#include "store/sqlite_store.hpp"

#include "store/sqlite_connection.hpp"
#include "store/sqlite_file.hpp"
#include "store/sqlite_reader.hpp"
#include "store/sqlite_schema.hpp"
#include "store/sqlite_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace jwtgate::store {
namespace {

using auth::result;
using auth::task;
using std::chrono::sys_seconds;

// Rows that one transaction deletes at most, so that a purge lets others in between.
constexpr std::int64_t purge_batch = 100;
// Rows that one read of the ended sessions yields, for the same reason.
constexpr std::int64_t ended_part = 5000;
// The same of the live ones, whose rows are larger.
constexpr std::int64_t live_part = 1000;

class sqlite_store final : public auth::store {
public:
    struct connections {
        std::unique_ptr<soci::session> writer;
        std::unique_ptr<soci::session> reader;
    };

    sqlite_store(connections to, std::filesystem::path const& file, core::log const& log)
        : writer_{std::move(to.writer), file, log}, reader_{std::move(to.reader), log}
    {}

    std::string why_busy() const override
    {
        auto why = writer_.why_busy();
        return why.empty() ? reader_.why_busy() : why;
    }

    task<result<auth::user>> find_user(std::string name) override
    {
        return reader_.read([name = std::move(name)](tables& db) { return db.find_user(name); });
    }

    task<result<std::vector<auth::user>>> list_users() override
    {
        return reader_.read([](tables& db) { return db.list_users(); });
    }

    task<result<void>> add_user(auth::user added) override
    {
        return writer_.write([added = std::move(added)](tables& db) { return db.add_user(added); });
    }

    task<result<std::vector<std::string>>> update_user(
        std::string name, auth::user_change change, auth::cutoff at
    ) override
    {
        return writer_.write([name = std::move(name), change = std::move(change), at](tables& db) {
            return db.update_user(name, change, at);
        });
    }

    task<result<std::vector<std::string>>> delete_user(std::string name, auth::cutoff at) override
    {
        return writer_.write([name = std::move(name), at](tables& db) { return db.delete_user(name, at); });
    }

    task<result<void>> rehash_password(auth::user_as_seen seen, std::string password_hash) override
    {
        return writer_.write([seen, hash = std::move(password_hash)](tables& db) {
            return db.rehash_password(seen, hash);
        });
    }

    task<result<auth::started_session>> start_session(
        auth::session started, auth::user_as_seen seen, std::size_t most
    ) override
    {
        return writer_.write([started = std::move(started), seen, most](tables& db) {
            return db.start_session(started, seen, most);
        });
    }

    task<result<auth::session_and_user>> find_session(std::string id) override
    {
        return reader_.read([id = std::move(id)](tables& db) { return db.find_session(id); });
    }

    task<result<auth::rotated_session>> rotate_session(auth::rotation asked) override
    {
        return writer_.write([asked = std::move(asked)](tables& db) { return db.rotate_session(asked); });
    }

    task<result<void>> end_sessions(std::vector<auth::session_end> ended) override
    {
        auto ends = ended;
        return writer_.write(
            [ended = std::move(ended)](tables& db) { return db.end_sessions(ended); }, std::move(ends)
        );
    }

    task<result<std::vector<auth::session>>> list_sessions(std::string user_name, sys_seconds now) override
    {
        return reader_.read([name = std::move(user_name), now](tables& db) {
            return db.list_sessions(name, now);
        });
    }

    task<result<void>> end_session_of(std::string user_name, std::string id) override
    {
        return writer_.write([name = std::move(user_name), id = std::move(id)](tables& db) {
            return db.end_session_of(name, id);
        });
    }

    task<result<std::vector<std::string>>> end_sessions_of(std::string user_name, std::string spared) override
    {
        return writer_.write([name = std::move(user_name), spared = std::move(spared)](tables& db) {
            return db.end_sessions_of(name, spared);
        });
    }

    task<result<std::vector<auth::session>>> live_sessions(std::string after, sys_seconds now) override
    {
        return reader_.read([after = std::move(after), now](tables& db) {
            return db.live_sessions({after, now, live_part});
        });
    }

    task<result<std::vector<std::string>>> cut_off_user(std::string name, auth::cutoff at) override
    {
        return writer_.write([name = std::move(name), at](tables& db) { return db.cut_off_user(name, at); });
    }

    task<result<std::vector<std::string>>> change_password(
        auth::user_as_seen seen, std::string password_hash, std::string session
    ) override
    {
        return writer_.write([seen, hash = std::move(password_hash), session = std::move(session)](tables& db
                             ) { return db.change_password(seen, hash, session); });
    }

    task<result<std::vector<std::string>>> ended_sessions(std::string after) override
    {
        return reader_.read([after = std::move(after)](tables& db) {
            return db.ended_sessions(after, ended_part);
        });
    }

    task<result<std::vector<auth::user_cutoff>>> user_cutoffs() override
    {
        return reader_.read([](tables& db) { return db.user_cutoffs(); });
    }

    task<result<std::optional<sys_seconds>>> note_time(sys_seconds now, auth::time_note how) override
    {
        return writer_.write([now, how](tables& db) { return db.note_time(now, how); });
    }

    task<result<auth::purged>> purge(sys_seconds now) override;

    task<result<auth::failed_logins>> remembered_failures(std::size_t most) override
    {
        return reader_.read([most](tables& db) { return db.remembered_failures(most); });
    }

    task<result<void>> remember_failures(auth::failure_changes changed) override
    {
        return writer_.write([changed = std::move(changed)](tables& db) {
            return db.remember_failures(changed);
        });
    }

private:
    sqlite_writer writer_;
    sqlite_reader reader_;
};

task<result<auth::purged>> sqlite_store::purge(sys_seconds now)
{
    auto const forget = [now](tables& db) { return db.purge(now, purge_batch); };
    auth::purged total;
    while (true) {
        auto const gone = co_await writer_.write(forget);
        if (!gone) co_return gone;
        total.sessions += gone->sessions;
        total.ended += gone->ended;
        total.cutoffs += gone->cutoffs;
        if (std::max({gone->sessions, gone->ended, gone->cutoffs}) < purge_batch) co_return total;
    }
}

}  // namespace

std::unique_ptr<auth::store> open_sqlite(std::filesystem::path const& file, core::log const& log)
try {
    sqlite_file database(file);
    auto const migrations = sqlite_migrations();
    if (!database.is_new()) inspect(file, static_cast<int>(migrations.size()));
    sqlite_store::connections to{.writer = open_writer(file), .reader = nullptr};
    migrate(*to.writer, migrations);
    to.reader = open_reader(file);
    auto opened = std::make_unique<sqlite_store>(std::move(to), file, log);
    database.keep();
    return opened;

} catch (std::exception const& failure) {
    throw std::runtime_error("database " + file.native() + ": " + reason_of(failure));
}

bool holds_users(std::filesystem::path const& file)
try {
    if (!std::filesystem::exists(file)) return false;
    sqlite_file const checked(file);
    auto const newest = static_cast<int>(sqlite_migrations().size());
    inspect(file, newest);
    return has_users(file, newest);

} catch (std::exception const& failure) {
    throw std::runtime_error("database " + file.native() + ": " + reason_of(failure));
}

}  // namespace jwtgate::store
