#pragma once

#include "core/descriptor.hpp"

#include <filesystem>
#include <string_view>

namespace jwtgate::files {

/// One change of a key file. While it lives, no other process changes it, so none loses what another one did.
/// The lock is on the directory, since the file itself is replaced.
class key_file_change {
public:
    /// Follows a symbolic link: what it points to is changed, or made. Waits for another process's change to
    /// end. Throws std::runtime_error with one line when that takes too long, key_file_error when there is no
    /// such directory.
    explicit key_file_change(std::filesystem::path const& file);

    std::filesystem::path const& file() const noexcept { return file_; }

    /// Throws key_file_error when that cannot be found out.
    bool is_there() const;

    /// A new file gets the owner of this directory instead of root, so that the owner's server can open it.
    void give_new_file_to_owner_of(std::filesystem::path const& directory) { new_owner_ = directory; }

    /// Replaces the file by one with this text, at once and durably: whoever reads it finds the old or the
    /// new one. Owner, group and mode stay; a new file gets mode 0600. Throws std::runtime_error with one
    /// line; the file is then the old one, or the new one where only its durability failed.
    void write(std::string_view text) const;

private:
    std::filesystem::path file_;
    core::descriptor directory_;
    std::filesystem::path new_owner_;
};

}  // namespace jwtgate::files
