#pragma once

#include <filesystem>

namespace jwtgate::files {

/// Where the file is, whatever it is called: absolute, without symbolic links, `.` and `..`. Of a file that
/// is not there, where it would be made. Throws std::runtime_error with the reason alone when that cannot be
/// found out.
std::filesystem::path real_path(std::filesystem::path const& file);

}  // namespace jwtgate::files
