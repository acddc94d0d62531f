#pragma once

#include "auth/error.hpp"
#include "core/log/log.hpp"
#include "store/outage.hpp"
#include "store/sqlite_file.hpp"
#include "store/tables.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace jwtgate::store {

/// The connection that writes, and its thread. Whatever waits is done in one transaction with one sync (group
/// commit): each job in a savepoint of its own, and nobody hears of success before COMMIT has succeeded, on
/// the files that bear the database's names.
///
/// The ends of sessions that could not be written down are carried into every transaction that follows, until
/// one commits: by themselves every `retry_interval`, and once more at the end.
class sqlite_writer {
public:
    /// Both are called on the writer's thread.
    struct job {
        std::function<void(tables&)> run;          ///< throws when it is to be undone
        std::function<void(bool durable)> finish;  ///< called once, also when it was never run
        std::vector<auth::session_end> ends{};     ///< what is carried on when it was not done
    };

    /// Jobs that may wait; what comes beyond is refused.
    static constexpr std::size_t queue_limit = 1024;
    static constexpr std::chrono::seconds retry_interval{1};

    /// `file`: by what name the database was opened.
    sqlite_writer(std::unique_ptr<soci::session> sql, std::filesystem::path file, core::log const& log);

    /// Does what is queued, then closes the database, which empties the write-ahead log into it.
    ~sqlite_writer() = default;

    sqlite_writer(sqlite_writer const&) = delete;
    sqlite_writer& operator=(sqlite_writer const&) = delete;

    /// Why the last that was refused was; empty when nothing was since.
    std::string why_busy() const { return outage_.reason(); }

    /// Returns false when the queue is full; the job is then left alone, but for its ends.
    bool push(job& added);

    /// What `work(tables&)` returns there, once it is durable; errc::busy when it is not. `ends`: what is
    /// carried on then.
    template <class Work>
    auth::task<std::invoke_result_t<Work&, tables&>> write(Work work, std::vector<auth::session_end> ends);

    template <class Work>
    auth::task<std::invoke_result_t<Work&, tables&>> write(Work work)
    {
        return write(std::move(work), {});
    }

private:
    void work(std::stop_token const& stop);
    std::vector<job> take(std::stop_token const& stop);
    void run(std::vector<job> batch);
    std::vector<bool> commit(std::vector<job> const& batch, std::vector<auth::session_end> const& ends);
    bool attempt(job const& one);
    void roll_back() noexcept;
    void carry(std::vector<auth::session_end> const& ends);
    std::vector<auth::session_end> carried();
    void forget_carried(std::vector<auth::session_end> const& written);

    std::unique_ptr<soci::session> sql_;
    tables db_;
    files_in_place files_;
    soci::statement begin_;
    soci::statement commit_;
    soci::statement savepoint_;
    soci::statement release_;
    soci::statement undo_;
    core::log const& log_;
    outage outage_;
    std::mutex mutex_;
    std::condition_variable_any ready_;
    std::deque<job> queue_;
    std::map<std::string, std::chrono::sys_seconds> carried_;  // id to keep_until
    std::jthread thread_;
};

template <class Work>
auth::task<std::invoke_result_t<Work&, tables&>> sqlite_writer::write(
    Work work, std::vector<auth::session_end> ends
)
{
    std::invoke_result_t<Work&, tables&> out = auth::errc::busy;
    auto start = [this, &work, &out, &ends](auto handler) {
        auto caller = boost::asio::make_work_guard(boost::asio::get_associated_executor(handler));
        auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
        auto finish = [&out, caller, waiting](bool durable) {
            if (!durable) out = auth::errc::busy;
            boost::asio::post(caller.get_executor(), std::move(*waiting));
        };
        job added{
            .run = [&work, &out](tables& db) { out = work(db); },
            .finish = finish,
            .ends = std::move(ends),
        };
        if (!push(added)) finish(false);
    };
    co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<> const, void()>(
        start, boost::asio::use_awaitable
    );
    co_return out;
}

}  // namespace jwtgate::store
