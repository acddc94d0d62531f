#include "files/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;

constexpr int how = O_RDWR | O_CLOEXEC | O_NOFOLLOW;

[[noreturn]] void fail(std::string const& what, fs::path const& file)
{
    throw std::runtime_error(what + ' ' + file.string() + ": " + std::generic_category().message(errno));
}

/// Whether the name still stands for the file that was opened: its last holder may have removed it.
bool is_named(int opened, fs::path const& file) noexcept
{
    struct stat ours {};

    struct stat named {};

    if (fstat(opened, &ours) != 0 || lstat(file.c_str(), &named) != 0) return false;
    return ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
}

}  // namespace

file_lock::~file_lock()
{
    if (opened_.number() >= 0 && is_new_) unlink(file_.c_str());
}

std::optional<file_lock> file_lock::try_take(fs::path const& file)
{
    int const made = open(file.c_str(), how | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    bool const is_new = made >= 0;
    core::descriptor opened(is_new || errno != EEXIST ? made : open(file.c_str(), how));
    if (opened.number() < 0 && errno == ENOENT) return std::nullopt;
    if (opened.number() < 0) fail("cannot open lock file", file);
    if (flock(opened.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) fail("cannot lock", file);
        return std::nullopt;
    }
    if (!is_named(opened.number(), file)) return std::nullopt;
    return file_lock(file, std::move(opened), is_new);
}

}  // namespace jwtgate::files
