#pragma once

#include "auth/store.hpp"
#include "store/statement.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace jwtgate::store {

/// The table of the sessions that have ended, over one connection. Throws soci::soci_error when the database
/// fails.
class ended_rows {
public:
    explicit ended_rows(soci::session& sql);

    /// Kept until the margin after the absolute end of its session; where that has no row, as long as is
    /// said. Leaves one that is there.
    void put(auth::session_end const& one);

    /// In the order of their ids: the next `limit` after this one.
    std::vector<std::string> next(std::string const& after, std::int64_t limit);

    /// Forgets `limit` at most that are to be kept until before `before`. Returns how many.
    std::int64_t purge(std::chrono::sys_seconds before, std::int64_t limit);

private:
    soci::session& sql_;
    auth::session_end written_;
    soci::statement put_;
};

}  // namespace jwtgate::store
