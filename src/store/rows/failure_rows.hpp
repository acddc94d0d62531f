#pragma once

#include "auth/login/failed_logins.hpp"

#include <soci/soci.h>

#include <chrono>
#include <cstdint>

namespace jwtgate::store {

/// The table of failed logins over one connection, and the clock they go by. Throws soci::soci_error when the
/// database fails.
class failure_rows {
public:
    explicit failure_rows(soci::session& sql);

    /// Of the counts those that are gone last, `most` of them.
    auth::failed_logins all(std::int64_t most);

    void put(auth::failure_changes const& changed);

private:
    void purge(std::int64_t now, std::int64_t limit);

    soci::session& sql_;
    std::int64_t key_ = 0;
    std::int64_t gone_at_ = 0;
    soci::statement put_;
};

}  // namespace jwtgate::store
