#include "store/sqlite_calls.hpp"

#include <algorithm>

namespace jwtgate::store {

auth::task<auth::result<auth::purged>> sqlite_calls::purge(std::chrono::sys_seconds now)
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

}  // namespace jwtgate::store
