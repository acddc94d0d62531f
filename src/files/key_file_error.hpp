#pragma once

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace jwtgate::files {

/// A key file that cannot be used: it or its directory cannot be read, others may read it, anyone but its
/// owner may write it, or its text is refused by jwt::key_set. One line.
struct key_file_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Throws this kind of error with one line that names the key file.
template <class Error>
[[noreturn]] void fail(std::filesystem::path const& file, std::string const& reason)
{
    throw Error("key file " + file.string() + ": " + reason);
}

template <class Error>
[[noreturn]] void fail_with_errno(std::filesystem::path const& file)
{
    fail<Error>(file, std::generic_category().message(errno));
}

}  // namespace jwtgate::files
