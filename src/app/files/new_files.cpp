#include "app/files/new_files.hpp"

#include <ranges>
#include <system_error>

namespace jwtgate::app {

new_files::~new_files()
{
    std::error_code ignored;
    for (auto path = paths_.rbegin(); path != paths_.rend(); ++path) std::filesystem::remove(*path, ignored);
}

}  // namespace jwtgate::app
