#include "files/key_check.hpp"

#include "files/key_file.hpp"
#include "store/sqlite_store.hpp"

#include <stdexcept>

namespace jwtgate::files {

void check_keys(config::settings const& chosen)
{
    if (!is_key_file_missing(chosen.key_file)) {
        load_keys(chosen.key_file);
        return;
    }
    if (!store::holds_users(chosen.database)) return;
    throw std::runtime_error(
        "key file " + chosen.key_file.string() + " is missing, but database " + chosen.database.string() +
        " holds users: restore it, or end every session with a new one, jwtgate key add --replace-lost"
    );
}

}  // namespace jwtgate::files
