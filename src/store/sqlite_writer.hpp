#pragma once

#include "core/log/log.hpp"
#include "store/outage.hpp"
#include "store/tables.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace jwtgate::store {

/// The connection that writes, and its thread. Whatever waits is done in one transaction with one sync (group
/// commit): each job in a savepoint of its own, and nobody hears of success before COMMIT has succeeded.
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

    sqlite_writer(std::unique_ptr<soci::session> sql, core::log const& log);

    /// Does what is queued, then closes the database, which empties the write-ahead log into it.
    ~sqlite_writer() = default;

    sqlite_writer(sqlite_writer const&) = delete;
    sqlite_writer& operator=(sqlite_writer const&) = delete;

    /// Returns false when the queue is full; the job is then left alone, but for its ends.
    bool push(job& added);

private:
    void work(std::stop_token const& stop);
    std::vector<job> take(std::stop_token const& stop);
    void run(std::vector<job> batch);
    bool attempt(job const& one);
    void roll_back() noexcept;
    void carry(std::vector<auth::session_end> const& ends);
    std::vector<auth::session_end> carried();
    void forget_carried(std::vector<auth::session_end> const& written);

    std::unique_ptr<soci::session> sql_;
    tables db_;
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

}  // namespace jwtgate::store
