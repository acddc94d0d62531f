#include "config/load.hpp"

#include "config/combinations.hpp"
#include "config/config_file.hpp"
#include "config/quantity.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <thread>

namespace jwtgate::config {
namespace {

constexpr std::string_view config_option = "config";
constexpr std::string_view variable_prefix = "JWTGATE_";

std::optional<setting> from_command_line(std::string_view option, given_options const& given)
{
    auto const found = given.find(option);
    if (found == given.end()) return std::nullopt;
    return setting{option, found->second, "command line"};
}

std::optional<setting> from_environment(std::string_view option, environment const& variables)
{
    auto const found = variables.find(variable_name(option));
    if (found == variables.end()) return std::nullopt;
    return setting{option, {found->second}, "environment"};
}

struct config_file {
    std::string name;
    std::vector<config_entry> entries;
};

config_file read_file(given_options const& given, environment const& variables)
{
    auto chosen = from_command_line(config_option, given);
    if (!chosen) chosen = from_environment(config_option, variables);
    if (!chosen) return {};
    auto const name = single_text(*chosen);
    config_file file{name, parse_config_file(name, read_config_file(name))};
    for (auto const& entry : file.entries) {
        if (find_option(entry.key) != nullptr) continue;
        throw error{name + ":" + std::to_string(entry.line) + ": unknown option " + in_quotes(entry.key)};
    }
    return file;
}

std::optional<setting> from_file(std::string_view option, config_file const& file)
{
    auto const found = std::ranges::find(file.entries, option, &config_entry::key);
    if (found == file.entries.end()) return std::nullopt;
    return setting{option, found->texts, file.name + ":" + std::to_string(found->line)};
}

void replace(std::string& text, std::string_view placeholder, std::string const& value)
{
    auto const at = text.find(placeholder);
    if (at != std::string::npos) text.replace(at, placeholder.size(), value);
}

/// What the table says, or half of an access token's life where that is less.
std::string default_window(std::string_view longest, settings const& so_far)
{
    auto const half = so_far.auth.access_ttl / 2;
    return *parse_duration(longest) <= half ? std::string{longest} : std::to_string(half.count()) + "s";
}

setting from_default(option const& chosen, settings const& so_far, environment const& variables)
{
    auto const state = variables.find("STATE_DIRECTORY");
    if (chosen.name == "data-dir" && state != variables.end()) {
        return {chosen.name, {state->second.substr(0, state->second.find(':'))}, "STATE_DIRECTORY"};
    }
    std::string text{chosen.default_text};
    if (chosen.name == "refresh-window") text = default_window(text, so_far);
    replace(text, "<data-dir>", so_far.data_dir.string());
    replace(text, "<cores>", std::to_string(std::max(1U, std::thread::hardware_concurrency())));
    return {chosen.name, {text}, "default"};
}

bool is_variable_of_an_option(std::string_view name)
{
    auto const is_named = [name](option const& candidate) { return variable_name(candidate.name) == name; };
    return name == variable_name(config_option) || std::ranges::any_of(options(), is_named);
}

std::vector<std::string> unknown_variables(environment const& variables)
{
    std::vector<std::string> warnings;
    for (auto const& [name, value] : variables) {
        if (!name.starts_with(variable_prefix) || is_variable_of_an_option(name)) continue;
        warnings.push_back("unknown variable " + name + " is ignored");
    }
    return warnings;
}

bool takes(option_scope command, option const& offered) noexcept
{
    if (command == option_scope::server || offered.scope == option_scope::every_command) return true;
    if (command == option_scope::new_tokens && offered.scope == option_scope::tokens) return true;
    return offered.scope == command;
}

std::string help_line(option const& described)
{
    std::string line{described.help};
    if (!described.default_text.empty()) line.append(" [").append(described.default_text).append("]");
    return line;
}

std::string file_value(setting const& shown)
{
    if (shown.texts.size() == 1) return in_quotes(shown.texts.front());
    std::string out;
    for (auto const& text : shown.texts) out.append(out.empty() ? "[" : ", ").append(in_quotes(text));
    return out + "]";
}

}  // namespace

environment process_environment()
{
    environment variables;
    for (char** line = environ; *line != nullptr; ++line) {
        std::string_view const text{*line};
        auto const equals = text.find('=');
        if (equals == std::string_view::npos) continue;
        variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return variables;
}

void add_options(CLI::App& command, option_scope scope, given_options& given)
{
    auto const add = [&](std::string_view name, std::string_view help) {
        auto const keep = [&given, name](CLI::results_t const& texts) {
            given.insert_or_assign(std::string{name}, texts);
            return true;
        };
        auto* const added = command.add_option("--" + std::string{name}, keep, std::string{help});
        return added->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
    };
    add(config_option, "Read options from this file: option = \"value\", one a line")->type_name("FILE");
    for (auto const& option : options()) {
        if (!takes(scope, option)) continue;
        add(option.name, help_line(option))
            ->type_name(std::string{option.value})
            ->group(std::string{option.group});
    }
}

loaded load(given_options const& given, environment const& variables)
{
    loaded loaded;
    auto const file = read_file(given, variables);
    for (auto const& option : options()) {
        auto chosen = from_command_line(option.name, given);
        if (!chosen) chosen = from_environment(option.name, variables);
        if (!chosen) chosen = from_file(option.name, file);
        if (!chosen) chosen = from_default(option, loaded.values, variables);
        option.apply(loaded.values, *chosen);
        loaded.table.push_back(std::move(*chosen));
    }
    check_together(loaded.values, loaded.table);
    loaded.warnings = unknown_variables(variables);
    return loaded;
}

std::string show(loaded const& loaded)
{
    std::string out;
    std::string_view group;
    for (auto const& shown : loaded.table) {
        auto const& option = *find_option(shown.option);
        if (option.group != group) out += (group.empty() ? "# " : "\n# ") + std::string{option.group} + "\n";
        group = option.group;
        out += std::string{shown.option} + " = " + file_value(shown) + "  # " + shown.origin + "\n";
    }
    return out;
}

}  // namespace jwtgate::config
