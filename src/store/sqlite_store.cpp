#include "store/sqlite_store.hpp"

#include "auth/error.hpp"
#include "core/worker_pool.hpp"
#include "store/outage.hpp"
#include "store/sqlite_connection.hpp"
#include "store/sqlite_file.hpp"
#include "store/sqlite_schema.hpp"
#include "store/sqlite_writer.hpp"
#include "store/tables.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

namespace jwtgate::store {
namespace {

using auth::errc;
using auth::result;
using auth::task;
using std::chrono::sys_seconds;

constexpr std::size_t read_queue_limit = 1024;

// Rows that one transaction deletes at most, so that a purge lets others in between.
constexpr std::int64_t purge_batch = 100;
// Rows that one read of the ended sessions yields, for the same reason.
constexpr std::int64_t ended_part = 5000;
// The same of the live ones, whose rows are larger.
constexpr std::int64_t live_part = 1000;

class sqlite_store final : public auth::store {
public:
    sqlite_store(
        std::unique_ptr<soci::session> writer, std::unique_ptr<soci::session> reader, core::log const& log
    )
        : writer_{std::move(writer), log}, reader_{std::move(reader)}, read_db_{*reader_}, read_outage_{log}
    {}

    sqlite_store(sqlite_store const&) = delete;
    sqlite_store& operator=(sqlite_store const&) = delete;

    ~sqlite_store() override { reads_.join(); }

    task<result<auth::user>> find_user(std::string name) override
    {
        return read([name = std::move(name)](tables& db) { return db.find_user(name); });
    }

    task<result<std::vector<auth::user>>> list_users() override
    {
        return read([](tables& db) { return db.list_users(); });
    }

    task<result<void>> add_user(auth::user added) override
    {
        return write([added = std::move(added)](tables& db) { return db.add_user(added); });
    }

    task<result<std::vector<std::string>>> update_user(
        std::string name, auth::user_change change, auth::cutoff at
    ) override
    {
        return write([name = std::move(name), change = std::move(change), at](tables& db) {
            return db.update_user(name, change, at);
        });
    }

    task<result<std::vector<std::string>>> delete_user(std::string name, auth::cutoff at) override
    {
        return write([name = std::move(name), at](tables& db) { return db.delete_user(name, at); });
    }

    task<result<void>> rehash_password(auth::user_as_seen seen, std::string password_hash) override
    {
        return write([seen, hash = std::move(password_hash)](tables& db) {
            return db.rehash_password(seen, hash);
        });
    }

    task<result<auth::started_session>> start_session(
        auth::session started, auth::user_as_seen seen, std::size_t most
    ) override
    {
        return write([started = std::move(started), seen, most](tables& db) {
            return db.start_session(started, seen, most);
        });
    }

    task<result<auth::session_and_user>> find_session(std::string id) override
    {
        return read([id = std::move(id)](tables& db) { return db.find_session(id); });
    }

    task<result<auth::rotated_session>> rotate_session(auth::rotation asked) override
    {
        return write([asked = std::move(asked)](tables& db) { return db.rotate_session(asked); });
    }

    task<result<void>> end_sessions(std::vector<auth::session_end> ended) override
    {
        auto ends = ended;
        return write(
            [ended = std::move(ended)](tables& db) { return db.end_sessions(ended); }, std::move(ends)
        );
    }

    task<result<std::vector<auth::session>>> list_sessions(std::string user_name, sys_seconds now) override
    {
        return read([name = std::move(user_name), now](tables& db) { return db.list_sessions(name, now); });
    }

    task<result<void>> end_session_of(std::string user_name, std::string id) override
    {
        return write([name = std::move(user_name), id = std::move(id)](tables& db) {
            return db.end_session_of(name, id);
        });
    }

    task<result<std::vector<std::string>>> end_sessions_of(std::string user_name, std::string spared) override
    {
        return write([name = std::move(user_name), spared = std::move(spared)](tables& db) {
            return db.end_sessions_of(name, spared);
        });
    }

    task<result<std::vector<auth::session>>> live_sessions(std::string after, sys_seconds now) override
    {
        return read([after = std::move(after), now](tables& db) {
            return db.live_sessions({after, now, live_part});
        });
    }

    task<result<std::vector<std::string>>> cut_off_user(std::string name, auth::cutoff at) override
    {
        return write([name = std::move(name), at](tables& db) { return db.cut_off_user(name, at); });
    }

    task<result<std::vector<std::string>>> change_password(
        auth::user_as_seen seen, std::string password_hash, std::string session
    ) override
    {
        return write([seen, hash = std::move(password_hash), session = std::move(session)](tables& db) {
            return db.change_password(seen, hash, session);
        });
    }

    task<result<std::vector<std::string>>> ended_sessions(std::string after) override
    {
        return read([after = std::move(after)](tables& db) { return db.ended_sessions(after, ended_part); });
    }

    task<result<std::vector<auth::user_cutoff>>> user_cutoffs() override
    {
        return read([](tables& db) { return db.user_cutoffs(); });
    }

    task<result<std::optional<sys_seconds>>> note_time(sys_seconds now, auth::time_note how) override
    {
        return write([now, how](tables& db) { return db.note_time(now, how); });
    }

    task<result<auth::purged>> purge(sys_seconds now) override;

    task<result<auth::failed_logins>> remembered_failures(std::size_t most) override
    {
        return read([most](tables& db) { return db.remembered_failures(most); });
    }

    task<result<void>> remember_failures(auth::failure_changes changed) override
    {
        return write([changed = std::move(changed)](tables& db) { return db.remember_failures(changed); });
    }

private:
    template <class Work>
    task<std::invoke_result_t<Work&, tables&>> read(Work work);

    /// `ends`: what the writer carries on when the work could not be done.
    template <class Work>
    task<std::invoke_result_t<Work&, tables&>> write(Work work, std::vector<auth::session_end> ends);

    template <class Work>
    task<std::invoke_result_t<Work&, tables&>> write(Work work)
    {
        return write(std::move(work), {});
    }

    sqlite_writer writer_;
    std::unique_ptr<soci::session> reader_;
    tables read_db_;
    outage read_outage_;
    core::worker_pool reads_{1, read_queue_limit};
};

template <class Work>
task<std::invoke_result_t<Work&, tables&>> sqlite_store::read(Work work)
{
    std::invoke_result_t<Work&, tables&> out = errc::busy;
    auto job = [this, &work, &out] {
        try {
            out = work(read_db_);
            read_outage_.worked();
        } catch (std::exception const& failure) {
            read_outage_.failed(reason_of(failure));
        }
        return std::monostate{};
    };
    co_await reads_.offload(std::move(job));
    co_return out;
}

template <class Work>
task<std::invoke_result_t<Work&, tables&>> sqlite_store::write(Work work, std::vector<auth::session_end> ends)
{
    std::invoke_result_t<Work&, tables&> out = errc::busy;
    auto start = [this, &work, &out, &ends](auto handler) {
        auto caller = boost::asio::make_work_guard(boost::asio::get_associated_executor(handler));
        auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
        auto finish = [&out, caller, waiting](bool durable) {
            if (!durable) out = errc::busy;
            boost::asio::post(caller.get_executor(), std::move(*waiting));
        };
        sqlite_writer::job job{
            .run = [&work, &out](tables& db) { out = work(db); },
            .finish = finish,
            .ends = std::move(ends),
        };
        if (!writer_.push(job)) finish(false);
    };
    co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void()>(
        start, boost::asio::use_awaitable
    );
    co_return out;
}

task<result<auth::purged>> sqlite_store::purge(sys_seconds now)
{
    auto const forget = [now](tables& db) { return db.purge(now, purge_batch); };
    auth::purged total;
    while (true) {
        auto const gone = co_await write(forget);
        if (!gone) co_return gone;
        total.sessions += gone->sessions;
        total.revocations += gone->revocations;
        if (gone->sessions < purge_batch && gone->revocations < purge_batch) co_return total;
    }
}

}  // namespace

std::unique_ptr<auth::store> open_sqlite(std::filesystem::path const& file, core::log const& log)
try {
    sqlite_file database(file);
    auto const migrations = sqlite_migrations();
    if (!database.is_new()) inspect(file, static_cast<int>(migrations.size()));
    auto writer = open_writer(file);
    migrate(*writer, migrations);
    auto opened = std::make_unique<sqlite_store>(std::move(writer), open_reader(file), log);
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
