#include "store/sqlite_file.hpp"

#include "core/file_mode.hpp"

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

}  // namespace jwtgate::store
