#include "app/data_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <grp.h>
#include <pwd.h>
#include <stdexcept>
#include <string>
#include <system_error>

namespace jwtgate::app {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string const& what, fs::path const& path)
{
    throw std::runtime_error(what + ' ' + path.string() + ": " + std::generic_category().message(errno));
}

}  // namespace

new_files::~new_files()
{
    std::error_code ignored;
    for (auto path = paths_.rbegin(); path != paths_.rend(); ++path) fs::remove(*path, ignored);
}

directory_lock::~directory_lock()
{
    if (descriptor_ >= 0) close(descriptor_);
}

void make_data_directory(fs::path const& directory, new_files& made)
{
    if (mkdir(directory.c_str(), S_IRWXU) == 0) return made.add(directory);
    if (errno != EEXIST) fail("cannot make data directory", directory);
    if (!fs::is_directory(directory)) throw std::runtime_error(directory.string() + " is not a directory");
}

std::optional<directory_lock> try_lock(fs::path const& directory, new_files& made)
{
    auto const path = lock_file(directory);
    bool const is_new = !fs::exists(path);
    int const descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) fail("cannot open lock file", path);
    if (is_new) made.add(path);
    directory_lock held(descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return held;
    if (errno != EWOULDBLOCK) fail("cannot lock", path);
    return std::nullopt;
}

fs::path lock_file(fs::path const& directory)
{
    return directory / "lock";
}

fs::path control_socket(fs::path const& directory)
{
    return directory / "control.sock";
}

void become_owner(fs::path const& directory)
{
    struct stat status {};

    if (geteuid() != 0 || stat(directory.c_str(), &status) != 0 || status.st_uid == 0) return;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread has started yet
    auto const* const owner = getpwuid(status.st_uid);
    bool const groups =
        owner != nullptr ? initgroups(owner->pw_name, status.st_gid) == 0 : setgroups(0, nullptr) == 0;
    if (!groups || setgid(status.st_gid) != 0 || setuid(status.st_uid) != 0)
        fail("cannot become the owner of", directory);
}

}  // namespace jwtgate::app
