#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace jwtgate::test {

/// A directory of a test's own; gone with everything in it when this goes.
class temporary_directory {
public:
    temporary_directory()
    {
        auto name = (std::filesystem::temp_directory_path() / "jwtgate-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"cannot make " + name};
        path_ = name;
    }

    temporary_directory(temporary_directory const&) = delete;
    temporary_directory& operator=(temporary_directory const&) = delete;

    ~temporary_directory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    std::filesystem::path const& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace jwtgate::test
