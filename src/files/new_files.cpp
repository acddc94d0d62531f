#include "files/new_files.hpp"

#include <algorithm>
#include <system_error>

namespace jwtgate::files {

new_files::~new_files()
{
    std::error_code ignored;
    std::for_each(paths_.rbegin(), paths_.rend(), [&](auto const& path) {
        std::filesystem::remove(path, ignored);
    });
}

}  // namespace jwtgate::files
