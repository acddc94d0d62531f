#include "cli/command_words.hpp"

#include "text/nearest.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace jwtgate::cli {
namespace {

std::vector<std::string> commands_of(CLI::App& group)
{
    std::vector<std::string> names;
    for (auto const* const command : group.get_subcommands([](CLI::App*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

std::vector<std::string> options_of(CLI::App const& command)
{
    std::vector<std::string> names;
    for (auto const* const option : command.get_options())
        for (auto const& name : option->get_lnames()) names.push_back("--" + name);
    return names;
}

std::string joined(std::vector<std::string> const& words, std::string_view between)
{
    std::string text;
    for (auto const& word : words) text.append(text.empty() ? "" : between).append(word);
    return text;
}

/// The words that lead to it, with a blank behind: "user ", or nothing.
std::string path_of(CLI::App const& group)
{
    return group.get_parent() == nullptr ? "" : path_of(*group.get_parent()) + group.get_name() + ' ';
}

std::string unknown_command(CLI::App& group, std::string const& word)
{
    auto const names = commands_of(group);
    auto const path = path_of(group);
    auto const line = "unknown command \"" + path + word + "\"; ";
    auto const near = text::nearest(word, names);
    if (near.empty()) return line + "there are " + joined(names, ", ");
    return line + "did you mean \"" + path + near + "\"?";
}

CLI::App const& chosen_command(CLI::App const& root)
{
    auto const chosen = root.get_subcommands();
    return chosen.empty() ? root : chosen_command(*chosen.front());
}

}  // namespace

std::string wrong_command(CLI::App& root, std::span<char const* const> words)
{
    auto* group = &root;
    for (std::string const word : words) {
        auto const names = commands_of(*group);
        if (names.empty() || word.starts_with('-')) return "";
        if (std::ranges::count(names, word) == 0) return unknown_command(*group, word);
        group = group->get_subcommand(word);
    }
    auto const names = commands_of(*group);
    return names.empty() ? "" : path_of(*group) + "needs a command: " + joined(names, ", ");
}

std::string unexpected_words(CLI::App& root)
{
    auto const words = root.remaining(true);
    auto line = (words.size() == 1 ? "unexpected word: " : "unexpected words: ") + joined(words, " ");
    auto const option = std::ranges::find_if(words, [](auto const& word) { return word.starts_with("--"); });
    if (option == words.end()) return line;
    auto const near = text::nearest(option->substr(0, option->find('=')), options_of(chosen_command(root)));
    return near.empty() ? line : line + "; did you mean " + near + "?";
}

}  // namespace jwtgate::cli
