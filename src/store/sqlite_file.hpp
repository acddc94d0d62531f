#pragma once

#include <filesystem>

namespace jwtgate::store {

/// Makes sure that the database file is there and may be read and written; a missing one is made, empty and
/// with mode 0600, and taken away again unless it is kept. Throws std::runtime_error with the reason, also
/// when others may read it, or anyone but its owner write it.
class sqlite_file {
public:
    explicit sqlite_file(std::filesystem::path file);
    sqlite_file(sqlite_file const&) = delete;
    sqlite_file& operator=(sqlite_file const&) = delete;
    ~sqlite_file();

    std::filesystem::path const& path() const noexcept { return path_; }

    bool is_new() const noexcept { return is_new_; }

    void keep() noexcept { is_new_ = false; }

private:
    std::filesystem::path const path_;
    bool is_new_ = false;
};

}  // namespace jwtgate::store
