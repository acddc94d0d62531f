#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::config {

/// One `key = value` of a configuration file; an array has several texts.
struct config_entry {
    std::size_t line = 0;
    std::string key;
    std::vector<std::string> texts;
};

/// Reads the part of TOML that options need: comments, `key = value` with a "basic" or 'literal' string, a
/// bare number or word, or an array of these over one or more lines. `name` stands for the file in the line
/// of the error that anything else throws. Whether the keys are options is not checked, only that none
/// comes twice.
std::vector<config_entry> parse_config_file(std::string_view name, std::string_view text);

/// The text of a file of at most 1 MiB. Throws error with the system's reason when it cannot be read.
std::string read_config_file(std::filesystem::path const& file);

}  // namespace jwtgate::config
