#pragma once

#include <filesystem>
#include <utility>
#include <vector>

namespace jwtgate::files {

/// Files and directories that a start or a command has made. Unless it succeeds (keep), they are removed
/// again when this goes, so that what fails changes nothing on disk.
class new_files {
public:
    new_files() = default;
    new_files(new_files&&) noexcept = default;
    new_files& operator=(new_files&&) = delete;
    ~new_files();

    void add(std::filesystem::path path) { paths_.push_back(std::move(path)); }

    void keep() noexcept { paths_.clear(); }

private:
    std::vector<std::filesystem::path> paths_;
};

}  // namespace jwtgate::files
