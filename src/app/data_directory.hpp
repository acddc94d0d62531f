#pragma once

#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

namespace jwtgate::app {

/// Files and directories that a start has made. Unless the start succeeds (keep), they are removed again when
/// this goes, so that a start that fails changes nothing on disk.
class new_files {
public:
    new_files() = default;
    new_files(new_files const&) = delete;
    new_files& operator=(new_files const&) = delete;
    ~new_files();

    void add(std::filesystem::path path) { paths_.push_back(std::move(path)); }

    void keep() noexcept { paths_.clear(); }

private:
    std::vector<std::filesystem::path> paths_;
};

/// Held by the one process that may use a data directory; released when it goes, also by a crash.
class directory_lock {
public:
    directory_lock(directory_lock const&) = delete;
    directory_lock& operator=(directory_lock const&) = delete;

    directory_lock(directory_lock&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}

    directory_lock& operator=(directory_lock&&) = delete;
    ~directory_lock();

private:
    friend std::optional<directory_lock> try_lock(std::filesystem::path const& directory, new_files& made);

    explicit directory_lock(int descriptor) noexcept : descriptor_{descriptor} {}

    int descriptor_;
};

/// Makes the directory with mode 0700 when it is not there. Throws std::runtime_error with one line when it
/// cannot, or when the path is something else.
void make_data_directory(std::filesystem::path const& directory, new_files& made);

/// None while another process holds it. Throws std::runtime_error when the lock file cannot be opened.
std::optional<directory_lock> try_lock(std::filesystem::path const& directory, new_files& made);

/// The file that the lock is on: there as soon as a server or a command has used the directory.
std::filesystem::path lock_file(std::filesystem::path const& directory);

/// Where a running server takes commands.
std::filesystem::path control_socket(std::filesystem::path const& directory);

/// Run as root, the process becomes the owner of the directory, so that it leaves no file there that the
/// owner's server could not open. Throws std::runtime_error when the system refuses.
void become_owner(std::filesystem::path const& directory);

}  // namespace jwtgate::app
