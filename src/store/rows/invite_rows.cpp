#include "store/rows/invite_rows.hpp"

#include "store/statement.hpp"

namespace jwtgate::store {

using soci::into;
using soci::use;

void invite_rows::put(std::int64_t user_id, auth::invite const& made)
{
    sql_ << "INSERT INTO invites (user_id, digest, expires) VALUES (:id, :digest, :expires) "
            "ON CONFLICT (user_id) DO UPDATE SET digest = excluded.digest, expires = excluded.expires",
        use(user_id, "id"), use(made.digest, "digest"), use(made.expires, "expires");
}

std::optional<std::int64_t> invite_rows::find(std::string const& digest, std::chrono::sys_seconds now)
{
    std::int64_t id = 0;
    sql_ << "SELECT user_id FROM invites WHERE digest = :digest AND expires > :now", use(digest, "digest"),
        use(now, "now"), into(id);
    return sql_.got_data() ? std::optional{id} : std::nullopt;
}

void invite_rows::remove(std::int64_t user_id)
{
    sql_ << "DELETE FROM invites WHERE user_id = :id", use(user_id, "id");
}

}  // namespace jwtgate::store
