#pragma once

#include "files/new_files.hpp"

#include <filesystem>

namespace jwtgate::files {

/// Makes the directory with mode 0700 when it is not there. Throws std::runtime_error with one line when it
/// cannot, or check_data_directory does.
void make_data_directory(std::filesystem::path const& directory, new_files& made);

/// Throws std::runtime_error with one line when the path is something else than a directory, when anyone but
/// its owner may write it, or when it is another user's (root may use any); of a missing one, when it cannot
/// be made.
void check_data_directory(std::filesystem::path const& directory);

/// The file that the lock is on: there as soon as a server or a command has used the directory.
std::filesystem::path lock_file(std::filesystem::path const& directory);

/// Where a running server takes commands.
std::filesystem::path control_socket(std::filesystem::path const& directory);

/// Run as root, the process becomes the owner of the directory, so that it leaves no file there that the
/// owner's server could not open. Throws std::runtime_error when the system refuses.
void become_owner(std::filesystem::path const& directory);

}  // namespace jwtgate::files
