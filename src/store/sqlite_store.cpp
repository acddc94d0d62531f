#include "store/sqlite_store.hpp"

#include "store/sqlite_calls.hpp"
#include "store/sqlite_connection.hpp"
#include "store/sqlite_file.hpp"
#include "store/sqlite_schema.hpp"

#include <exception>
#include <stdexcept>
#include <utility>

namespace jwtgate::store {

std::unique_ptr<auth::store> open_sqlite(std::filesystem::path const& file, core::log const& log)
try {
    sqlite_file database(file);
    auto const migrations = sqlite_migrations();
    if (!database.is_new()) inspect(file, static_cast<int>(migrations.size()));
    sqlite_calls::connections to{.writer = open_writer(file), .reader = nullptr};
    migrate(*to.writer, migrations);
    to.reader = open_reader(file);
    auto opened = std::make_unique<sqlite_calls>(std::move(to), file, log);
    database.keep();
    return opened;

} catch (std::exception const& failure) {
    throw std::runtime_error("database " + file.native() + ": " + reason_of(failure));
}

bool holds_users(std::filesystem::path const& file)
try {
    if (!std::filesystem::exists(file)) return false;
    sqlite_file const checked(file);
    auto const newest = static_cast<int>(sqlite_migrations().size());
    inspect(file, newest);
    return has_users(file, newest);

} catch (std::exception const& failure) {
    throw std::runtime_error("database " + file.native() + ": " + reason_of(failure));
}

}  // namespace jwtgate::store
