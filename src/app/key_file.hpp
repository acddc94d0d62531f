#pragma once

#include "app/data_directory.hpp"
#include "core/random.hpp"
#include <jwtgate/jwt/key_set.hpp>

#include <filesystem>
#include <memory>

namespace jwtgate::app {

/// Reads the key ring. A file that is not there is made, mode 0600, with one random 256-bit HS256 key. Throws
/// std::runtime_error with one line: the file cannot be read or made, others may read it, anyone but its
/// owner may write it, or its text is refused by jwt::key_set.
std::shared_ptr<jwt::key_set const> load_or_make_keys(
    std::filesystem::path const& file, core::random_source const& random, new_files& made
);

}  // namespace jwtgate::app
