#pragma once

#include "auth/error.hpp"
#include "core/log/log.hpp"
#include "core/worker_pool.hpp"
#include "store/outage.hpp"
#include "store/tables.hpp"

#include <soci/soci.h>

#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace jwtgate::store {

/// The connection that reads, and its thread.
class sqlite_reader {
public:
    /// Reads that may wait; what comes beyond is refused.
    static constexpr std::size_t queue_limit = 1024;

    sqlite_reader(std::unique_ptr<soci::session> sql, core::log const& log)
        : sql_{std::move(sql)}, db_{*sql_}, outage_{log}
    {}

    sqlite_reader(sqlite_reader const&) = delete;
    sqlite_reader& operator=(sqlite_reader const&) = delete;

    /// Does what is queued.
    ~sqlite_reader() { thread_.join(); }

    /// Why the last read failed; empty when it did not.
    std::string why_busy() const { return outage_.reason(); }

    /// What `work(tables&)` returns on that thread; errc::busy when it could not.
    template <class Work>
    auth::task<std::invoke_result_t<Work&, tables&>> read(Work work);

private:
    std::unique_ptr<soci::session> sql_;
    tables db_;
    outage outage_;
    core::worker_pool thread_{1, queue_limit};
};

template <class Work>
auth::task<std::invoke_result_t<Work&, tables&>> sqlite_reader::read(Work work)
{
    std::invoke_result_t<Work&, tables&> out = auth::errc::busy;
    auto job = [this, &work, &out] {
        try {
            out = work(db_);
            outage_.worked();
        } catch (std::exception const& failure) {
            outage_.met(failure);
        }
        return std::monostate{};
    };
    co_await thread_.offload(std::move(job));
    co_return out;
}

}  // namespace jwtgate::store
