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

}  // namespace

sqlite_writer::sqlite_writer(std::unique_ptr<soci::session> sql, core::log const& log)
    : sql_{std::move(sql)},
      db_{*sql_},
      begin_{prepare(*sql_, "BEGIN IMMEDIATE")},
      commit_{prepare(*sql_, "COMMIT")},
      savepoint_{prepare(*sql_, "SAVEPOINT one")},
      release_{prepare(*sql_, "RELEASE one")},
      undo_{prepare(*sql_, "ROLLBACK TO one")},
      outage_{log},
      thread_{[this](std::stop_token const& stop) { work(stop); }}
{}

bool sqlite_writer::push(job& added)
{
    {
        std::lock_guard const lock(mutex_);
        if (queue_.size() >= queue_limit) return false;
        queue_.push_back(std::move(added));
    }
    ready_.notify_one();
    return true;
}

void sqlite_writer::work(std::stop_token const& stop)
{
    for (auto batch = take(stop); !batch.empty(); batch = take(stop)) run(std::move(batch));
}

// Returns nothing only when it is to stop and all is done.
std::vector<sqlite_writer::job> sqlite_writer::take(std::stop_token const& stop)
{
    std::unique_lock lock(mutex_);
    ready_.wait(lock, stop, [this] { return !queue_.empty(); });
    auto const end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), batch_limit));
    std::vector<job> batch(std::move_iterator(queue_.begin()), std::move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return batch;
}

void sqlite_writer::run(std::vector<job> batch)
{
    std::vector<bool> done(batch.size(), false);
    try {
        begin_.execute(true);
        for (std::size_t i = 0; i < batch.size(); ++i) done[i] = attempt(batch[i]);
        commit_.execute(true);
        outage_.worked();
    } catch (std::exception const& failure) {
        outage_.failed(reason_of(failure));
        roll_back();
        done.assign(batch.size(), false);
    }
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i].finish(done[i]);
}

// A failure that cost the whole transaction shows in undo_, which then throws too.
bool sqlite_writer::attempt(job const& one)
{
    savepoint_.execute(true);
    bool done = true;
    try {
        one.run(db_);
    } catch (std::exception const& failure) {
        outage_.failed(reason_of(failure));
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

}  // namespace jwtgate::store
