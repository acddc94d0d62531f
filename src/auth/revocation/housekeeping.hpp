#pragma once

#include "auth/service.hpp"
#include "core/clock_watch.hpp"

namespace jwtgate::auth {

/// Keeps the revocation index and the store in step, and both free of what no longer matters. Nothing is
/// forgotten on the word of a clock that is not trusted: a row leaves the store when a trusted clock says so,
/// and a session leaves the index when its row has left the store.
class housekeeping {
public:
    explicit housekeeping(shared_state shared);

    /// Loads the index whole, whatever the clock says, and logs when the clock is far from the time that the
    /// store remembers. To be called once, before anything asks the index. Error: busy.
    task<result<void>> start();

    /// To be called about every hour. What the store cannot do now is left to the next call.
    task<void> run();

    /// To be called about a minute after each `run`: what that made superfluous, nobody needs any more.
    void give_memory_back();

private:
    core::clock_reading read_clocks() const;
    task<result<void>> load();
    void compare(std::chrono::sys_seconds remembered, std::chrono::sys_seconds now) const;
    void watch_clock(core::clock_reading now);
    task<void> purge(std::chrono::sys_seconds now);
    void note(purged const& gone);
    bool is_worth_a_rebuild() const;

    shared_state shared_;
    core::clock_watch watch_;
    std::int64_t forgotten_ = 0;  // by the store, since the index was rebuilt
};

}  // namespace jwtgate::auth
