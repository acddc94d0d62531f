#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace jwtgate::http::test {

/// A directory of a test's own; gone with everything in it when this goes.
class scratch_directory {
public:
    scratch_directory()
    {
        std::string name = (std::filesystem::temp_directory_path() / "jwtgate-http-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }

    scratch_directory(scratch_directory const&) = delete;
    scratch_directory& operator=(scratch_directory const&) = delete;

    ~scratch_directory() { std::filesystem::remove_all(path_); }

    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace jwtgate::http::test
