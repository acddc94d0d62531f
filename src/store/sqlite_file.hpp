#pragma once

#include <soci/soci.h>

#include <sys/types.h>

#include <filesystem>
#include <optional>

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

/// Tells whether the files that a connection has open still bear their names. What is written to others,
/// which were removed, moved away or replaced, is gone with the process.
class files_in_place {
public:
    /// The database has been opened just now; its write-ahead log is known once it was seen. `configured` is
    /// what the next start will open: a link in it may lead elsewhere by then.
    files_in_place(soci::session& sql, std::filesystem::path configured);

    /// Throws std::runtime_error when they do not.
    void check();

private:
    struct identity {
        dev_t device = 0;
        ino_t number = 0;

        bool operator==(identity const&) const = default;
    };

    static std::optional<identity> find(std::filesystem::path const& file);

    std::filesystem::path database_;  ///< as configured
    std::filesystem::path log_;       ///< where SQLite has it, which follows links
    std::optional<identity> opened_;
    std::optional<identity> opened_log_;
};

}  // namespace jwtgate::store
