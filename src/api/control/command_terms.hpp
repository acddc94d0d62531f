#pragma once

#include <boost/describe/class.hpp>

#include <cstdint>
#include <functional>
#include <string>

namespace jwtgate::api {

/// What the options of a command say of the server that it may meet; empty or 0 where they say nothing.
struct command_terms {
    std::string database;  ///< without links, as app::real_path says
    std::string key_file;  ///< the same
    std::uint64_t password_min_length = 0;
    std::uint64_t argon2_memory = 0;  ///< bytes
    std::uint64_t argon2_passes = 0;
};
BOOST_DESCRIBE_STRUCT(
    command_terms, (), (database, key_file, password_min_length, argon2_memory, argon2_passes)
)

/// One line that says why the server does not go by these terms; empty when it does.
using terms_check = std::function<std::string(command_terms const& terms)>;

}  // namespace jwtgate::api
