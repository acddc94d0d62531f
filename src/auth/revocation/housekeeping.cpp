#include "auth/revocation/housekeeping.hpp"

#include "auth/error.hpp"
#include "auth/revocation/revocation_index.hpp"

#include <array>
#include <ctime>
#include <string>
#include <utility>

namespace jwtgate::auth {
namespace {

// A server that runs notes the time every hour, so one that is started again at once finds it a bit behind.
constexpr std::chrono::hours usual_gap{2};

std::string text(std::chrono::sys_seconds time)
{
    auto const seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    std::array<char, 32> written{};
    if (gmtime_r(&seconds, &parts) == nullptr) return "?";
    return {written.data(), std::strftime(written.data(), written.size(), "%FT%TZ", &parts)};
}

}  // namespace

housekeeping::housekeeping(shared_state shared) : shared_{shared}, watch_{read_clocks()} {}

core::clock_reading housekeeping::read_clocks() const
{
    return {.wall = shared_.clock.now(), .steady = shared_.clock.steady()};
}

task<result<void>> housekeeping::start()
{
    auto const loaded = co_await load();
    if (!loaded) co_return loaded.error();
    auto const cutoffs = co_await shared_.store.user_cutoffs();
    if (!cutoffs) co_return cutoffs.error();
    for (auto const& user : *cutoffs) shared_.revoked.cut_off(user.name, user.issued_before);
    auto const now = shared_.clock.now();
    auto const remembered = co_await shared_.store.note_time(now, time_note::raise);
    if (!remembered) co_return remembered.error();
    if (*remembered) compare(**remembered, now);
    co_return result<void>{};
}

task<result<void>> housekeeping::load()
{
    std::string last;
    for (;;) {
        auto const part = co_await shared_.store.ended_sessions(last);
        if (!part) co_return part.error();
        if (part->empty()) break;
        for (auto const& session : *part) shared_.revoked.note_stored_end(session);
        last = part->back();
    }
    shared_.revoked.complete();
    co_return result<void>{};
}

void housekeeping::compare(std::chrono::sys_seconds remembered, std::chrono::sys_seconds now) const
{
    auto const is_ahead = now > remembered + usual_gap;
    if (!is_ahead && now >= remembered - core::clock_watch::tolerance) return;
    shared_.log.warn(
        is_ahead ? "clock_ahead_of_last_run" : "clock_behind_last_run",
        {{"clock", text(now)}, {"last_run", text(remembered)}}
    );
}

task<void> housekeeping::run()
{
    auto const now = read_clocks();
    watch_clock(now);
    if (watch_.is_trusted()) {
        co_await purge(now.wall);
    } else {
        co_await shared_.store.note_time(now.wall, time_note::raise);
    }
}

void housekeeping::watch_clock(core::clock_reading now)
{
    auto const set_by = watch_.observe(now);
    if (set_by.count() == 0) return;
    shared_.log.warn("clock_was_set", {{"by_seconds", std::to_string(set_by.count())}});
}

// The time is noted behind start_over: what ended before that is then durable, and so read by load; what ends
// later is put into the index that is being made.
task<void> housekeeping::purge(std::chrono::sys_seconds now)
{
    if (auto const gone = co_await shared_.store.purge(now)) note(*gone);
    if (is_worth_a_rebuild()) {
        shared_.revoked.start_over();
        forgotten_ = 0;
    }
    auto const noted = co_await shared_.store.note_time(now, time_note::replace);
    if (noted && !shared_.revoked.is_complete()) co_await load();
}

void housekeeping::note(purged const& gone)
{
    forgotten_ += gone.ended;
    auto const revocations = gone.ended + gone.cutoffs;
    if (gone.sessions == 0 && revocations == 0) return;
    shared_.log.info(
        "purged", {{"sessions", std::to_string(gone.sessions)}, {"revocations", std::to_string(revocations)}}
    );
}

// A rebuild reads all that has ended, and holds it twice for a while.
bool housekeeping::is_worth_a_rebuild() const
{
    return shared_.revoked.is_complete() && forgotten_ > 0 &&
           static_cast<std::size_t>(forgotten_) >= shared_.revoked.size() / 8;
}

void housekeeping::give_memory_back()
{
    shared_.revoked.forget_superseded();
}

}  // namespace jwtgate::auth
