#include "store/rows/failure_rows.hpp"

#include "store/statement.hpp"

#include <bit>

namespace jwtgate::store {
namespace {

using soci::into;
using soci::use;

// More than the changes that bring rows in, and never so many that others wait.
constexpr std::int64_t least_purge = 100;

}  // namespace

failure_rows::failure_rows(soci::session& sql)
    : sql_{sql},
      put_{prepare(
          sql,
          "INSERT INTO failed_logins (key, gone_at) VALUES (:key, :gone) "
          "ON CONFLICT (key) DO UPDATE SET gone_at = excluded.gone_at",
          use(key_, "key"),
          use(gone_at_, "gone")
      )}
{}

auth::failed_logins failure_rows::all(std::int64_t most)
{
    auth::failed_logins found;
    std::int64_t clock = 0;
    sql_ << "SELECT hash_key_1, hash_key_2, clock FROM login_guard", into(found.hash_key[0]),
        into(found.hash_key[1]), into(clock);
    found.clock = std::chrono::nanoseconds{clock};
    std::int64_t key = 0;
    std::int64_t gone_at = 0;
    auto select = prepare(
        sql_,
        "SELECT key, gone_at FROM failed_logins ORDER BY gone_at DESC LIMIT :most",
        into(key),
        into(gone_at),
        use(most, "most")
    );
    select.execute();
    while (select.fetch())
        found.counts.push_back({std::bit_cast<auth::failure_key>(key), std::chrono::nanoseconds{gone_at}});
    return found;
}

void failure_rows::put(auth::failure_changes const& changed)
{
    std::int64_t const now = changed.clock.count();
    for (auto const& one : changed.counts) {
        key_ = std::bit_cast<std::int64_t>(one.key);
        gone_at_ = one.gone_at.count();
        run(put_);
    }
    sql_ << "UPDATE login_guard SET clock = :now", use(now, "now");
    purge(now, least_purge + 2 * static_cast<std::int64_t>(changed.counts.size()));
}

void failure_rows::purge(std::int64_t now, std::int64_t limit)
{
    sql_ << "DELETE FROM failed_logins WHERE key IN (SELECT key FROM failed_logins WHERE gone_at <= :now "
            "LIMIT :limit)",
        use(now, "now"), use(limit, "limit");
}

}  // namespace jwtgate::store
