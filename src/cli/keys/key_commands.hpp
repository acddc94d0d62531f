#pragma once

#include "config/settings.hpp"
#include <jwtgate/jwt/hmac.hpp>
#include <jwtgate/jwt/key_set.hpp>

#include <string>
#include <string_view>

namespace jwtgate::cli {

/// What came of a change of the key file: one line each, or empty.
struct key_change {
    std::string refused;       ///< why nothing was changed
    std::string not_followed;  ///< why the running server does not follow, though the file is changed
    std::string note;          ///< why it need not follow, or that no server was reached
    std::string made;          ///< that there was no file and a new one was made
};

/// What happens to a missing key file that sessions rest on.
enum class lost_keys { are_missed, are_replaced };

/// Changes of the key file, which the server that runs on the data directory then follows at once if the file
/// is its own. They throw key_file_error when the
/// file cannot be used, std::runtime_error with one line when it cannot be changed.
/// @{

/// Puts a new random key of this name last. Makes the file when it is not there, but not where keys are
/// missed: a server that uses it runs, or the database holds users, whose sessions would all end.
key_change add_key(
    config::settings const& chosen, jwt::algorithm alg, std::string_view kid, lost_keys treated
);

/// Puts this key first: from now on it signs.
key_change use_key(config::settings const& chosen, std::string_view kid);

/// Not the one that signs. Tokens of this key no longer count.
key_change remove_key(config::settings const& chosen, std::string_view kid);

/// @}

/// The keys for a person, or as a JSON array; without any key material.
std::string shown_keys(jwt::key_set const& keys);
std::string shown_keys_as_json(jwt::key_set const& keys);

}  // namespace jwtgate::cli
