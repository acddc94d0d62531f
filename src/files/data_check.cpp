#include "files/data_check.hpp"

#include "files/data_directory.hpp"
#include "files/key_check.hpp"
#include "files/real_path.hpp"
#include "store/sqlite_store.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace jwtgate::files {
namespace {

template <class Check>
void blame(std::string const& option, Check const& check)
try {
    check();

} catch (std::runtime_error const& failure) {
    throw config::error(option + ": " + failure.what());
}

/// A start makes the data directory and no other one.
void require_directory_of(std::filesystem::path const& file, config::settings const& chosen)
{
    std::error_code failed;
    auto const directory = real_path(file).parent_path();
    if (directory == real_path(chosen.data_dir) || std::filesystem::is_directory(directory, failed)) return;
    throw std::runtime_error("there is no directory " + directory.string());
}

}  // namespace

void check_data(config::settings const& chosen)
{
    blame("data-dir", [&] { check_data_directory(chosen.data_dir); });
    blame("database", [&] {
        require_directory_of(chosen.database, chosen);
        store::holds_users(chosen.database);
    });
    blame("key-file", [&] {
        require_directory_of(chosen.key_file, chosen);
        check_keys(chosen);
    });
}

}  // namespace jwtgate::files
