#pragma once

#include "config/settings.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jwtgate::config {

/// What one option was set to, and by whom.
struct setting {
    std::string_view option;
    std::vector<std::string> texts;  ///< several where the option may be given several times
    std::string origin;              ///< "command line", "environment", "jwtgate.toml:3", "default"
};

/// One line that names the option, where its value came from and what is wrong.
error complaint(setting const& from, std::string_view wrong);

/// Text in double quotes as a configuration file has it, control characters as \uXXXX, so that it stays on
/// one line.
std::string in_quotes(std::string_view text);

/// The conversions of a setting to its value. Each throws error when the setting is not what its name
/// says, or lies outside the bounds.
/// @{
std::string single_text(setting const& from);
std::vector<std::string> list_of(setting const& from);
bool boolean(setting const& from);
std::uint64_t count_between(setting const& from, std::uint64_t least, std::uint64_t most);
std::uint64_t size_between(setting const& from, std::string_view least, std::string_view most);
std::chrono::milliseconds duration_between(
    setting const& from, std::string_view least, std::string_view most
);

/// For times that tokens carry: whole seconds.
std::chrono::seconds seconds_between(setting const& from, std::string_view least, std::string_view most);

/// Up to 256 bytes of printable ASCII; may be empty.
std::string identifier(setting const& from);

/// One line of UTF-8 text of up to 200 bytes, as it is shown to people; may be empty.
std::string line_of_text(setting const& from);

/// May be empty.
std::string domain_name(setting const& from);

/// Up to 32 characters of a cookie name (RFC 6265 section 4.1.1) that do not begin with `__`, which browsers
/// give a meaning; may be empty.
std::string cookie_prefix(setting const& from);

std::filesystem::path file_path(setting const& from);
std::filesystem::path sqlite_file(setting const& from);

/// @}

/// One of a few words, each with what it stands for.
template <class T>
struct choice {
    std::string_view word;
    T value;
};

/// What the single text of the setting stands for. Throws error as above.
template <class T>
T one_of(setting const& from, std::span<choice<T> const> choices)
{
    auto const text = single_text(from);
    std::string words;
    for (auto const& [word, value] : choices) {
        if (word == text) return value;
        words.append(words.empty() ? "" : ", ").append(word);
    }
    throw complaint(from, in_quotes(text) + " is none of " + words);
}

}  // namespace jwtgate::config
