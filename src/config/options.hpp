#pragma once

#include "config/option_values.hpp"
#include "config/settings.hpp"

#include <span>
#include <string>
#include <string_view>

namespace jwtgate::config {

/// Which commands take an option on their command line; `serve` and `config` take every one. In the
/// environment and the file all commands read every option.
enum class option_scope {
    server,        ///< none but those two
    users,         ///< also the commands that open the database
    tokens,        ///< also the commands that make or check a token
    new_tokens,    ///< also the command that makes a token, which takes those for tokens too
    every_command  ///< all of them
};

/// An option, said once: its flag, its variable, its key in the file, its help and its default follow from
/// this.
struct option {
    std::string_view name;
    option_scope scope;
    std::string_view group;
    std::string_view value;         ///< what to write behind it, for --help
    std::string_view default_text;  ///< may hold <data-dir> and <cores>
    std::string_view help;
    void (*apply)(settings& into, setting const& from);
};

/// All options, in the order of --help, groups together.
std::span<option const> options() noexcept;

/// None (null) when there is no such option.
option const* find_option(std::string_view name) noexcept;

/// JWTGATE_ACCESS_TTL for access-ttl.
std::string variable_name(std::string_view option_name);

}  // namespace jwtgate::config
