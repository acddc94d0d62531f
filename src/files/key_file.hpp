#pragma once

#include "core/random.hpp"
#include "core/secret.hpp"
#include "files/key_file_error.hpp"
#include "files/new_files.hpp"
#include <jwtgate/jwt/hmac.hpp>
#include <jwtgate/jwt/key_set.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

namespace jwtgate::files {

inline constexpr std::size_t largest_key_file = std::size_t{1024} * 1024;

/// The text of the key file, checked as load_keys does. Throws key_file_error.
core::secret read_key_file(std::filesystem::path const& file);

/// Throws key_file_error.
std::shared_ptr<jwt::key_set const> load_keys(std::filesystem::path const& file);

/// Whether there is none. What is there and cannot be reached is not missing.
bool is_key_file_missing(std::filesystem::path const& file) noexcept;

/// As load_keys, but a file that is not there is made, mode 0600, with one random 256-bit HS256 key. Throws
/// key_file_error, or std::runtime_error with one line when it cannot be made.
std::shared_ptr<jwt::key_set const> load_or_make_keys(
    std::filesystem::path const& file, core::random_source const& random, new_files& made
);

/// A new name for a key, which can stand on a command line.
std::string new_key_id(core::random_source const& random);

/// The text of a key set with one random key of this name, as long as the hash of the algorithm.
core::secret new_key_set(jwt::algorithm alg, std::string_view id, core::random_source const& random);

}  // namespace jwtgate::files
