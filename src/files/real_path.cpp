#include "files/real_path.hpp"

#include <stdexcept>
#include <system_error>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;

constexpr int most_links = 40;  // as Linux

}  // namespace

fs::path real_path(fs::path const& file)
{
    std::error_code failed;
    auto target = fs::weakly_canonical(fs::absolute(file, failed), failed);
    // weakly_canonical leaves a link as it is when what it points to is not there.
    for (int followed = 0; !failed && fs::is_symlink(target, failed); ++followed) {
        if (followed == most_links) throw std::runtime_error("too many symbolic links");
        auto const next = fs::read_symlink(target, failed);
        if (!failed) target = fs::weakly_canonical(target.parent_path() / next, failed);
    }
    // No such file is no failure: it is to be made.
    if (failed && failed != std::errc::no_such_file_or_directory) throw std::runtime_error(failed.message());
    return target;
}

}  // namespace jwtgate::files
