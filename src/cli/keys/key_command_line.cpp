#include "cli/keys/key_command_line.hpp"

#include "cli/command_group.hpp"
#include "cli/keys/key_commands.hpp"
#include "core/random.hpp"
#include "files/key_file.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace jwtgate::cli {
namespace {

/// What parsing fills beside the options.
struct arguments {
    std::string kid;
    std::string alg = "HS256";
    lost_keys lost = lost_keys::are_missed;
    bool as_json = false;
};

int finish(key_change const& change)
{
    if (!change.refused.empty()) return complain(change.refused, exit_status::refused);
    if (!change.made.empty()) complain(change.made, exit_status::done);
    if (!change.not_followed.empty()) {
        auto const line = "the key file is changed, but not yet in force: " + change.not_followed;
        return complain(line, exit_status::refused);
    }
    return change.note.empty() ? exit_status::done : complain(change.note, exit_status::done);
}

int run_list(config::settings const& values, arguments const& given)
{
    auto const keys = files::load_keys(values.key_file);
    print(given.as_json ? shown_keys_as_json(*keys) : shown_keys(*keys));
    return exit_status::done;
}

int run_add(config::settings const& values, arguments const& given)
{
    auto const kid = files::new_key_id(core::secure_random());
    auto const change = add_key(values, *jwt::algorithm_from_name(given.alg), kid, given.lost);
    if (change.refused.empty()) print(kid + '\n');
    return finish(change);
}

int run_use(config::settings const& values, arguments const& given)
{
    return finish(use_key(values, given.kid));
}

int run_remove(config::settings const& values, arguments const& given)
{
    return finish(remove_key(values, given.kid));
}

using step = int (*)(config::settings const& values, arguments const& given);

int run(chosen_command const& chosen, step act, arguments const& given)
try {
    auto const loaded = load(chosen);
    log_of(loaded);
    return act(loaded.values, given);

} catch (files::key_file_error const& error) {
    return complain(error.what(), exit_status::wrong_usage);
}

auto doing(step act)
{
    return [act](chosen_command const& chosen, arguments const& given) { return run(chosen, act, given); };
}

}  // namespace

void add_key_commands(CLI::App& root, chosen_command& chosen)
{
    auto* const key = root.add_subcommand(
        "key", "Manage the keys of the key file; a server that uses it on this data directory follows at once"
    );
    key->require_subcommand(1);
    command_group<arguments> commands(*key, chosen, config::option_scope::every_command);
    auto& given = commands.given();
    commands.add("list", "List all keys; the first one signs, all of them verify", doing(run_list))
        .add_flag("--json", given.as_json, "Print JSON");
    auto& add = commands.add(
        "add",
        "Put a new random key last, so that it verifies, and print its kid; makes a missing file",
        doing(run_add)
    );
    add.add_flag_callback(
        "--replace-lost",
        [&given] { given.lost = lost_keys::are_replaced; },
        "Make the missing key file of a database that holds users; every session ends"
    );
    add.add_option("--alg", given.alg, "What it signs with [HS256]")
        ->type_name("ALG")
        ->check(CLI::IsMember({"HS256", "HS384", "HS512"}));
    commands.add("use", "Put a key first, so that it signs", doing(run_use))
        .add_option("KID", given.kid, "The key's name")
        ->required();
    commands.add("remove", "Remove a key; its tokens no longer count", doing(run_remove))
        .add_option("KID", given.kid, "The key's name")
        ->required();
}

}  // namespace jwtgate::cli
