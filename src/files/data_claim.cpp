#include "files/data_claim.hpp"

#include "files/data_directory.hpp"
#include "files/real_path.hpp"

#include <stdexcept>
#include <system_error>
#include <utility>

namespace jwtgate::files {
namespace {

namespace fs = std::filesystem;

core::refusal in_use(std::string const& what)
{
    return core::refusal::because(what + " is in use by another jwtgate");
}

bool is_missing(fs::path const& file)
{
    std::error_code failed;
    return fs::status(file, failed).type() == fs::file_type::not_found;
}

fs::path real_database(fs::path const& database)
try {
    auto real = real_path(database);
    std::error_code failed;
    if (!fs::is_directory(real.parent_path(), failed)) throw std::runtime_error("its directory is not there");
    return real;

} catch (std::runtime_error const& failure) {
    throw std::runtime_error("database " + database.string() + ": " + failure.what());
}

fs::path with_suffix(fs::path const& file, char const* suffix)
{
    return file.native() + suffix;
}

/// All that opening the database will make.
new_files missing_files(fs::path const& database)
{
    new_files missing;
    if (!is_missing(database)) return missing;
    for (auto const* const suffix : {"", "-wal", "-shm", "-journal"})
        missing.add(with_suffix(database, suffix));
    return missing;
}

}  // namespace

boost::system::result<data_claim, core::refusal> data_claim::try_make(
    config::settings const& chosen, missing_database treated
)
{
    if (treated == missing_database::is_refused && is_missing(chosen.database))
        throw std::runtime_error(
            "there is no database " + chosen.database.string() + "; --data-dir or --database names another"
        );
    new_files directory;
    make_data_directory(chosen.data_dir, directory);
    auto const database = real_database(chosen.database);
    auto directory_lock = file_lock::try_take(lock_file(chosen.data_dir));
    if (!directory_lock) return in_use("data directory " + chosen.data_dir.string());
    auto database_lock = file_lock::try_take(with_suffix(database, ".lock"));
    if (!database_lock) return in_use("database " + chosen.database.string());
    return data_claim(
        std::move(directory), std::move(*directory_lock), std::move(*database_lock), missing_files(database)
    );
}

void data_claim::keep() noexcept
{
    directory_.keep();
    directory_lock_.keep();
    database_lock_.keep();
    files_.keep();
}

}  // namespace jwtgate::files
