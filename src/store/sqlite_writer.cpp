#include "store/sqlite_writer.hpp"

#include "store/sqlite_connection.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace jwtgate::store {
namespace {

// Keeps a transaction short though the queue may be long.
constexpr std::size_t batch_limit = 256;

// How many rows it changes for good: none when it returns false, whatever it undid.
template <class Work>
std::int64_t effect_of(soci::session& sql, Work work)
{
    auto const before = rows_changed(sql);
    return work() ? rows_changed(sql) - before : 0;
}

}  // namespace

sqlite_writer::sqlite_writer(
    std::unique_ptr<soci::session> sql, std::filesystem::path file, core::log const& log
)
    : sql_{std::move(sql)},
      db_{*sql_},
      files_{*sql_, std::move(file)},
      begin_{prepare(*sql_, "BEGIN IMMEDIATE")},
      commit_{prepare(*sql_, "COMMIT")},
      savepoint_{prepare(*sql_, "SAVEPOINT one")},
      release_{prepare(*sql_, "RELEASE one")},
      undo_{prepare(*sql_, "ROLLBACK TO one")},
      log_{log},
      outage_{log},
      thread_{[this](std::stop_token const& stop) { work(stop); }}
{}

bool sqlite_writer::push(job& added)
{
    std::unique_lock lock(mutex_);
    if (queue_.size() >= queue_limit) {
        lock.unlock();
        carry(added.ends);
        return false;
    }
    queue_.push_back(std::move(added));
    lock.unlock();
    ready_.notify_one();
    return true;
}

void sqlite_writer::work(std::stop_token const& stop)
{
    for (;;) {
        bool const is_last = stop.stop_requested();
        auto batch = take(stop);
        bool const is_idle = batch.empty();
        run(std::move(batch));
        if (is_idle && is_last) break;
    }
    if (auto const lost = carried().size(); lost > 0)
        log_.error("ended_sessions_not_written", {{"count", std::to_string(lost)}});
}

// Returns nothing when it is to stop and all is done, or when it is time to try what is carried.
std::vector<sqlite_writer::job> sqlite_writer::take(std::stop_token const& stop)
{
    std::unique_lock lock(mutex_);
    auto const has_jobs = [this] { return !queue_.empty(); };
    if (carried_.empty()) {
        ready_.wait(lock, stop, has_jobs);
    } else {
        ready_.wait_for(lock, stop, retry_interval, has_jobs);
    }
    auto const end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), batch_limit));
    std::vector<job> batch(std::move_iterator(queue_.begin()), std::move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return batch;
}

void sqlite_writer::run(std::vector<job> batch)
{
    auto const ends = carried();
    if (batch.empty() && ends.empty()) return;
    std::vector<bool> done;
    try {
        done = commit(batch, ends);
        forget_carried(ends);
    } catch (std::exception const& failure) {
        outage_.failed(reason_of(failure));
        roll_back();
        done.assign(batch.size(), false);
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (!done[i]) carry(batch[i].ends);
        batch[i].finish(done[i]);
    }
}

// Returns which of them are done for good.
std::vector<bool> sqlite_writer::commit(
    std::vector<job> const& batch, std::vector<auth::session_end> const& ends
)
{
    files_.check();
    std::vector<bool> done;
    done.reserve(batch.size());
    begin_.execute(true);
    auto changed = effect_of(*sql_, [&] { return db_.end_sessions(ends).value(), true; });
    for (auto const& each : batch) {
        changed += effect_of(*sql_, [&]() -> bool { return done.emplace_back(attempt(each)); });
    }
    commit_.execute(true);
    files_.check();
    if (changed > 0) outage_.worked();  // a full disk takes what changes nothing
    return done;
}

// A failure that cost the whole transaction shows in undo_, which then throws too.
bool sqlite_writer::attempt(job const& one)
{
    savepoint_.execute(true);
    bool done = true;
    try {
        one.run(db_);
    } catch (std::exception const& failure) {
        outage_.met(failure);
        undo_.execute(true);
        done = false;
    }
    release_.execute(true);
    return done;
}

void sqlite_writer::roll_back() noexcept
try {
    *sql_ << "ROLLBACK";

} catch (std::exception const&) {  // SQLite has rolled back already
}

void sqlite_writer::carry(std::vector<auth::session_end> const& ends)
{
    std::lock_guard const lock(mutex_);
    for (auto const& one : ends) carried_.emplace(one.id, one.keep_until);
}

std::vector<auth::session_end> sqlite_writer::carried()
{
    std::lock_guard const lock(mutex_);
    std::vector<auth::session_end> ends;
    for (auto const& [id, keep_until] : carried_) ends.push_back({id, keep_until});
    return ends;
}

void sqlite_writer::forget_carried(std::vector<auth::session_end> const& written)
{
    std::lock_guard const lock(mutex_);
    for (auto const& one : written) carried_.erase(one.id);
}

}  // namespace jwtgate::store
