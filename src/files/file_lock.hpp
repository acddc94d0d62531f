#pragma once

#include "core/descriptor.hpp"

#include <filesystem>
#include <optional>
#include <utility>

namespace jwtgate::files {

/// A file that one process at a time holds; released when this goes, also by a crash. Only its holder ever
/// removes it, and who gets it afterwards sees that it is no longer the file of that name.
class file_lock {
public:
    /// None while another process holds it, and while it or its directory goes away: worth another try. Makes
    /// a missing file, mode 0600. Throws std::runtime_error with one line when the file cannot be opened.
    static std::optional<file_lock> try_take(std::filesystem::path const& file);

    file_lock(file_lock&&) noexcept = default;
    file_lock& operator=(file_lock&&) = delete;
    ~file_lock();

    /// A file that was made stays from here on; else it goes with this.
    void keep() noexcept { is_new_ = false; }

private:
    file_lock(std::filesystem::path file, core::descriptor opened, bool is_new) noexcept
        : file_{std::move(file)}, opened_{std::move(opened)}, is_new_{is_new}
    {}

    std::filesystem::path file_;
    core::descriptor opened_;
    bool is_new_;
};

}  // namespace jwtgate::files
