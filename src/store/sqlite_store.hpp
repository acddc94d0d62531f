#pragma once

#include "auth/store.hpp"
#include "core/log/log.hpp"

#include <filesystem>
#include <memory>

namespace jwtgate::store {

/// Opens the SQLite database, making it (mode 0600) when it is missing, and brings its schema up to date. It
/// has two threads, one that writes and one that reads; destroying it finishes what is queued, and has to
/// come before the executors of the waiting callers go. The log is kept by reference.
///
/// Throws std::runtime_error with one line that names the file and the reason; nothing has then changed on
/// disk.
std::unique_ptr<auth::store> open_sqlite(std::filesystem::path const& file, core::log const& log);

/// Whether there is such a database and it may hold users, found out without changing a byte on disk. Throws
/// as open_sqlite does.
bool holds_users(std::filesystem::path const& file);

}  // namespace jwtgate::store
