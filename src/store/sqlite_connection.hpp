#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>

namespace jwtgate::store {

/// Looks at a database without changing a byte of it or of its write-ahead log, which a crash may have left.
/// A file up to 64 MiB is checked page by page (PRAGMA quick_check, some 0.2 s), of a larger one the header
/// and the schema only. Throws when it is no database, corrupt, another program's, or of a newer schema than
/// `newest`.
void inspect(std::filesystem::path const& file, int newest);

/// Whether there is a user in it, found out without changing a byte as well; also when another connection is
/// in the way. Throws as inspect does.
bool has_users(std::filesystem::path const& file, int newest);

/// The one connection that may write and checkpoint: WAL, synchronous=FULL, foreign keys. Throws when it
/// cannot be.
std::unique_ptr<soci::session> open_writer(std::filesystem::path const& file);

/// A connection that can only read and never checkpoints. A writer has to be open already.
std::unique_ptr<soci::session> open_reader(std::filesystem::path const& file);

/// Whether the database failed, and not what it was asked to do: what broke a constraint or is too large for
/// it, or a row that holds what no row should, concerns that alone.
bool is_of_database(std::exception const& failure);

/// How many rows this connection has changed so far, whatever became of that.
std::int64_t rows_changed(soci::session& sql);

/// What went wrong, in SQLite's words. what() of SOCI's own exceptions is never to be shown: it holds the
/// values that were bound.
std::string reason_of(std::exception const& failure);

}  // namespace jwtgate::store
