#include "files/key_file_change.hpp"

#include "files/key_file.hpp"
#include "files/real_path.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto patience = 10s;
constexpr auto pause = 10ms;
constexpr mode_t mode_bits = 07777;

fs::path without_links(fs::path const& file)
try {
    return real_path(file);

} catch (std::runtime_error const& failure) {
    fail<key_file_error>(file, failure.what());
}

void wait_for_lock(int directory, fs::path const& file)
{
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (flock(directory, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) fail_with_errno<std::runtime_error>(file);
        if (std::chrono::steady_clock::now() > deadline)
            fail<std::runtime_error>(file, "another process does not end its change");
        std::this_thread::sleep_for(pause);
    }
}

bool write_all(int opened, std::string_view text)
{
    while (!text.empty()) {
        auto const written = ::write(opened, text.data(), text.size());
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return fsync(opened) == 0;
}

/// Root gives the draft to the owner of this directory, if it is there.
bool give_to_owner_of(fs::path const& directory, int draft)
{
    struct stat wanted {};

    if (geteuid() != 0 || stat(directory.c_str(), &wanted) != 0 || wanted.st_uid == 0) return true;
    return fchown(draft, wanted.st_uid, wanted.st_gid) == 0;
}

/// Gives the draft what the file has that it is to replace.
bool keep_owner_and_mode(int draft, struct stat const& wanted)
{
    struct stat found {};

    if (fstat(draft, &found) != 0) return false;
    bool const is_owned = wanted.st_uid == found.st_uid && wanted.st_gid == found.st_gid;
    if (!is_owned && fchown(draft, wanted.st_uid, wanted.st_gid) != 0) return false;
    return fchmod(draft, wanted.st_mode & mode_bits) == 0;
}

/// A file that stands beside the key file until it takes its place; removed when it does not.
class draft {
public:
    explicit draft(fs::path const& file)
        : path_{fs::path(file).concat(".new")}, opened_{make(path_)}, is_left_{opened_.number() >= 0}
    {}

    draft(draft const&) = delete;
    draft& operator=(draft const&) = delete;

    ~draft()
    {
        if (is_left_) unlink(path_.c_str());
    }

    /// Throws std::runtime_error.
    void replace(fs::path const& file, std::string_view text, fs::path const& owner)
    {
        bool const is_replaced = is_left_ && set_owner_and_mode(file, owner) &&
                                 write_all(opened_.number(), text) &&
                                 rename(path_.c_str(), file.c_str()) == 0;
        if (!is_replaced) fail_with_errno<std::runtime_error>(file);
        is_left_ = false;
    }

private:
    bool set_owner_and_mode(fs::path const& file, fs::path const& owner) const
    {
        struct stat old {};

        if (stat(file.c_str(), &old) == 0) return keep_owner_and_mode(opened_.number(), old);
        return errno == ENOENT && give_to_owner_of(owner, opened_.number());
    }

    // Only a crash leaves one behind, since the directory is locked.
    static int make(fs::path const& path)
    {
        unlink(path.c_str());
        return open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    }

    fs::path path_;
    core::descriptor opened_;
    bool is_left_;
};

}  // namespace

key_file_change::key_file_change(fs::path const& file)
    : file_{without_links(file)},
      directory_{open(file_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)}
{
    if (directory_.number() < 0) fail_with_errno<key_file_error>(file_);
    wait_for_lock(directory_.number(), file_);
}

bool key_file_change::is_there() const
{
    if (access(file_.c_str(), F_OK) == 0) return true;
    if (errno != ENOENT) fail_with_errno<key_file_error>(file_);
    return false;
}

void key_file_change::write(std::string_view text) const
{
    if (text.size() > largest_key_file) fail<std::runtime_error>(file_, "would be larger than 1 MiB");
    draft(file_).replace(file_, text, new_owner_);
    if (fsync(directory_.number()) != 0) fail_with_errno<std::runtime_error>(file_);
}

}  // namespace jwtgate::files
