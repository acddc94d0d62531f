#include "store/sqlite_file.hpp"

#include "core/file_mode.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace jwtgate::store {
namespace {

constexpr mode_t owner_only = 0600;

[[noreturn]] void fail()
{
    throw std::runtime_error(std::generic_category().message(errno));
}

// Before SQLite opens the file: closing a descriptor of it drops every lock that this process holds on it.
bool make_or_check(std::filesystem::path const& file)
{
    int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
    bool const is_new = made >= 0;
    if (!is_new && errno != EEXIST) fail();
    if (!is_new) made = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (made < 0) fail();

    struct stat found {};

    bool const is_known = ::fstat(made, &found) == 0;
    ::close(made);
    if (!is_known) fail();
    auto const* const too_open = core::too_open(found.st_mode);
    if (too_open != nullptr) throw std::runtime_error(too_open);
    return is_new;
}

std::filesystem::path path_of(soci::session& sql)
{
    auto const* const backend = static_cast<soci::sqlite3_session_backend*>(sql.get_backend());
    return sqlite_api::sqlite3_db_filename(backend->conn_, "main");
}

}  // namespace

sqlite_file::sqlite_file(std::filesystem::path file) : path_{std::move(file)}, is_new_{make_or_check(path_)}
{}

sqlite_file::~sqlite_file()
{
    if (!is_new_) return;
    for (auto const* const suffix : {"", "-wal", "-shm", "-journal"}) {
        std::error_code ignored;
        std::filesystem::remove(path_.native() + suffix, ignored);
    }
}

files_in_place::files_in_place(soci::session& sql, std::filesystem::path configured)
    : database_{std::move(configured)}, log_{path_of(sql).native() + "-wal"}, opened_{find(path_of(sql))}
{}

void files_in_place::check()
{
    if (!opened_log_) opened_log_ = find(log_);
    bool const are_in_place = opened_ && find(database_) == opened_ && find(log_) == opened_log_;
    if (!are_in_place) throw std::runtime_error("its file was moved, removed or replaced");
}

std::optional<files_in_place::identity> files_in_place::find(std::filesystem::path const& file)
{
    struct stat found {};

    if (::stat(file.c_str(), &found) != 0) return std::nullopt;
    return identity{.device = found.st_dev, .number = found.st_ino};
}

}  // namespace jwtgate::store
