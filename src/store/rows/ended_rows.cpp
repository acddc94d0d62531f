#include "store/rows/ended_rows.hpp"

namespace jwtgate::store {
namespace {

using soci::into;
using soci::use;

std::string put_text()
{
    auto const margin = std::to_string(std::chrono::seconds(auth::revocation_margin).count());
    return "INSERT INTO ended_sessions (id, keep_until) VALUES (:id, coalesce((SELECT absolute_end + " +
           margin + " FROM sessions WHERE sessions.id = :id), :keep)) ON CONFLICT (id) DO NOTHING";
}

}  // namespace

ended_rows::ended_rows(soci::session& sql)
    : sql_{sql}, put_{prepare(sql, put_text(), use(written_.id, "id"), use(written_.keep_until, "keep"))}
{}

void ended_rows::put(auth::session_end const& one)
{
    written_ = one;
    run(put_);
}

std::vector<std::string> ended_rows::next(std::string const& after, std::int64_t limit)
{
    std::vector<std::string> ids;
    std::string id;
    auto select = prepare(
        sql_,
        "SELECT id FROM ended_sessions WHERE id > :after ORDER BY id LIMIT :limit",
        into(id),
        use(after, "after"),
        use(limit, "limit")
    );
    select.execute();
    while (select.fetch()) ids.push_back(id);
    return ids;
}

std::int64_t ended_rows::purge(std::chrono::sys_seconds before, std::int64_t limit)
{
    auto remove = prepare(
        sql_,
        "DELETE FROM ended_sessions WHERE id IN (SELECT id FROM ended_sessions "
        "WHERE keep_until < :before LIMIT :limit)",
        use(before, "before"),
        use(limit, "limit")
    );
    return run(remove);
}

}  // namespace jwtgate::store
