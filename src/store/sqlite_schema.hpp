#pragma once

#include <soci/soci.h>

#include <span>

namespace jwtgate::store {

/// The statements that lead from one version of the schema to the next.
using migration = std::span<char const* const>;

/// All of them; the n-th leads from version n to n + 1, and their number is the version this program knows.
std::span<migration const> sqlite_migrations();

/// Throws when the schema is newer than `newest`, or the tables are another program's. Returns the version, 0
/// for an empty database.
int check_version(soci::session& sql, int newest);

/// Brings the schema to the version that the migrations lead to, each of them in a transaction of its own.
void migrate(soci::session& sql, std::span<migration const> migrations);

}  // namespace jwtgate::store
