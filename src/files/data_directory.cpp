#include "files/data_directory.hpp"

#include "files/account.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <grp.h>
#include <pwd.h>
#include <stdexcept>
#include <string>
#include <system_error>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(fs::path const& directory, std::string const& reason)
{
    throw std::runtime_error("data directory " + directory.string() + ": " + reason);
}

[[noreturn]] void fail_with_errno(fs::path const& directory, std::string const& what)
{
    auto const reason = std::generic_category().message(errno);
    fail(directory, what + " as user " + account_name(geteuid()) + ": " + reason);
}

/// Behind a call that says that it is not there, or cannot be reached.
void check_missing(fs::path const& directory)
{
    if (errno != ENOENT) fail_with_errno(directory, "cannot be reached");
    auto const parent = fs::path(directory / "").parent_path().parent_path();
    if (access(parent.empty() ? "." : parent.c_str(), W_OK | X_OK) != 0)
        fail_with_errno(directory, "cannot be made");
}

}  // namespace

void make_data_directory(fs::path const& directory, new_files& made)
{
    if (mkdir(directory.c_str(), S_IRWXU) == 0) return made.add(directory);
    if (errno != EEXIST) fail_with_errno(directory, "cannot be reached or made");
    check_data_directory(directory);
}

void check_data_directory(fs::path const& directory)
{
    struct stat found {};

    if (stat(directory.c_str(), &found) != 0) return check_missing(directory);
    if (!S_ISDIR(found.st_mode)) fail(directory, "is not a directory");
    if ((found.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        fail(directory, "others than its owner may write it; chmod 700 it");
    auto const user = geteuid();
    if (user == 0 || user == found.st_uid) return;
    auto const name = account_name(user);
    fail(
        directory,
        "belongs to " + account_name(found.st_uid) + ", and this is run by " + name + "; chown -R " + name +
            " it, or run this as its owner"
    );
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
        fail_with_errno(directory, "its owner cannot be taken on");
}

}  // namespace jwtgate::files
