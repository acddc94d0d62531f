#include "store/sqlite_connection.hpp"

#include "store/sqlite_schema.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace jwtgate::store {
namespace {

// A request that meets a lock waits for it once as part of a batch and once behind one: two seconds in all.
constexpr char const* busy_timeout = "PRAGMA busy_timeout = 1000";
constexpr std::uintmax_t small_file = std::uintmax_t{64} << 20U;

// SOCI splits the connection string at spaces and '=', and knows no escape for a quote.
std::unique_ptr<soci::session> connect(std::filesystem::path const& file, std::string_view options)
{
    auto const name = std::filesystem::absolute(file).native();
    if (name.find('"') != std::string::npos)
        throw std::runtime_error("its path must not hold a double quote");
    return std::make_unique<soci::session>(soci::sqlite3, "db=\"" + name + "\"" + std::string(options));
}

sqlite_api::sqlite3* handle_of(soci::session& sql)
{
    return static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
}

void leave_log_at_close(soci::session& sql)
{
    sqlite_api::sqlite3_db_config(handle_of(sql), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

bool has_log(std::filesystem::path const& file)
{
    std::error_code ignored;
    return std::filesystem::exists(file.native() + "-wal", ignored);
}

void check_pages(soci::session& sql)
{
    std::string verdict;
    sql << "PRAGMA quick_check(1)", soci::into(verdict);
    if (verdict != "ok") throw std::runtime_error("it is corrupt");
}

bool is_locked(soci::sqlite3_soci_error const& failure)
{
    return failure.result() == SQLITE_BUSY;
}

// Locked exclusively, SQLite needs no -shm file, which it would make or rewrite.
std::unique_ptr<soci::session> open_to_look(std::filesystem::path const& file)
{
    auto sql = connect(file, "");
    if (has_log(file)) leave_log_at_close(*sql);
    *sql << "PRAGMA locking_mode = EXCLUSIVE";
    return sql;
}

}  // namespace

// When another connection is in the way, a backup say, all is open already and the database good enough for
// that one.
void inspect(std::filesystem::path const& file, int newest)
try {
    auto const sql = open_to_look(file);
    check_version(*sql, newest);
    if (std::filesystem::file_size(file) <= small_file) check_pages(*sql);

} catch (soci::sqlite3_soci_error const& failure) {
    if (!is_locked(failure)) throw;
}

bool has_users(std::filesystem::path const& file, int newest)
try {
    auto const sql = open_to_look(file);
    if (check_version(*sql, newest) == 0) return false;
    int found = 0;
    *sql << "SELECT EXISTS (SELECT 1 FROM users)", soci::into(found);
    return found != 0;

} catch (soci::sqlite3_soci_error const& failure) {
    if (!is_locked(failure)) throw;
    return true;
}

std::unique_ptr<soci::session> open_writer(std::filesystem::path const& file)
{
    auto sql = connect(file, "");
    *sql << busy_timeout;
    std::string mode;
    *sql << "PRAGMA journal_mode = WAL", soci::into(mode);
    if (mode != "wal") throw std::runtime_error("its file system cannot hold a write-ahead log");
    *sql << "PRAGMA synchronous = FULL";
    *sql << "PRAGMA foreign_keys = ON";
    *sql << "PRAGMA wal_autocheckpoint = 1000";
    return sql;
}

std::unique_ptr<soci::session> open_reader(std::filesystem::path const& file)
{
    auto sql = connect(file, " readonly=1");
    *sql << busy_timeout;
    *sql << "PRAGMA query_only = ON";
    *sql << "PRAGMA wal_autocheckpoint = 0";
    return sql;
}

bool is_of_database(std::exception const& failure)
{
    auto const* const sqlite = dynamic_cast<soci::sqlite3_soci_error const*>(&failure);
    if (sqlite == nullptr) return false;
    constexpr int primary = 0xff;  // the rest of a code says more of the same
    auto const code = sqlite->result() & primary;
    return code != SQLITE_CONSTRAINT && code != SQLITE_MISMATCH && code != SQLITE_TOOBIG;
}

std::int64_t rows_changed(soci::session& sql)
{
    return sqlite_api::sqlite3_total_changes64(handle_of(sql));
}

std::string reason_of(std::exception const& failure)
{
    if (auto const* const sqlite = dynamic_cast<soci::sqlite3_soci_error const*>(&failure)) {
        return sqlite_api::sqlite3_errstr(sqlite->result());
    }
    if (auto const* const soci = dynamic_cast<soci::soci_error const*>(&failure))
        return soci->get_error_message();
    return failure.what();
}

}  // namespace jwtgate::store
