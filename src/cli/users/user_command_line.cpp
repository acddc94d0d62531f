#include "cli/users/user_command_line.hpp"

#include "api/errors.hpp"
#include "app/serve/server_terms.hpp"
#include "auth/error.hpp"
#include "auth/passwords/password_rules.hpp"
#include "cli/command_group.hpp"
#include "cli/users/password_prompt.hpp"
#include "cli/users/user_commands.hpp"

#include <CLI/CLI.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace jwtgate::cli {
namespace {

/// What parsing fills beside the options.
struct arguments {
    api::user_command command;
    bool password_from_stdin = false;
    bool as_json = false;
    std::string site;  ///< that an invite is a link of; empty: only its end is printed
};

bool takes_password(std::string_view action)
{
    return action == "add" || action == "passwd";
}

bool shows_users(std::string_view action)
{
    return action == "list" || action == "show";
}

/// Where this command demands longer passwords than the server that it meets.
void check_own_rules(api::user_command const& command)
{
    auth::password_demands const demands{
        .user_name = command.name, .min_length = command.terms.password_min_length};
    auto const good = auth::check_new_password(command.password.reveal(), demands);
    if (!good && good.error() == auth::errc::password_too_short)
        throw std::runtime_error(api::explain(good.error(), demands.min_length));
}

/// An invite that the server does not know the address of.
std::string with_site(std::string line, std::string_view site)
{
    auto const link = line.find("/#invite=");
    if (link == std::string::npos || site.empty()) return line;
    while (site.ends_with('/')) site.remove_suffix(1);
    return line.insert(link, site);
}

int run_user(chosen_command const& chosen, arguments& given)
{
    auto const loaded = load(chosen);
    auto& command = given.command;
    auto const action = command.action;
    command.terms = app::terms_of(loaded);
    if (takes_password(action)) {
        command.password = given.password_from_stdin ? read_password() : ask_for_password();
        check_own_rules(command);
    }
    auto const reply = perform(loaded.values, std::move(command), log_of(loaded));
    if (!reply.refused.empty()) return complain(reply.refused, exit_status::refused);
    if (!shows_users(action)) {
        print(with_site(reply.done, given.site) + '\n');
    } else {
        print(given.as_json ? shown_users_as_json(reply.users) : shown_users(reply.users));
    }
    return exit_status::done;
}

using user_commands = command_group<arguments>;

CLI::App& add_command(user_commands& commands, std::string const& action, std::string const& help)
{
    auto& given = commands.given();
    auto& command = commands.add(action, help, [action](chosen_command const& chosen, arguments& with) {
        with.command.action = action;
        return run_user(chosen, with);
    });
    if (action != "list") command.add_option("NAME", given.command.name, "The user's name")->required();
    if (shows_users(action)) command.add_flag("--json", given.as_json, "Print JSON");
    if (!takes_password(action)) return command;
    command.add_flag(
        "--password-stdin", given.password_from_stdin, "Read the password from standard input, one line"
    );
    return command;
}

}  // namespace

void add_user_commands(CLI::App& root, chosen_command& chosen)
{
    auto* const user = root.add_subcommand("user", "Manage users; a running server acts on it at once");
    user->require_subcommand(1);
    user_commands commands(*user, chosen, config::option_scope::users);
    auto& roles = commands.given().command.roles;
    add_command(commands, "add", "Add a user; asks for the password")
        .add_option("--role", roles, "A role; may be given several times")
        ->type_name("ROLE")
        ->allow_extra_args(false);
    auto& invite = add_command(
        commands,
        "invite",
        "Print a link on which the user sets a password; adds the user where there is none"
    );
    invite.add_option("--role", roles, "A role of a new user; may be given several times")
        ->type_name("ROLE")
        ->allow_extra_args(false);
    invite
        .add_option(
            "--site", commands.given().site, "What the link begins with, such as https://login.example"
        )
        ->type_name("URL");
    add_command(commands, "list", "List all users");
    add_command(commands, "show", "Show one user");
    add_command(commands, "passwd", "Set a new password and end the user's sessions");
    add_command(commands, "roles", "Set the roles, none to have none, and end the user's sessions")
        .add_option("ROLE", roles, "The roles from now on");
    add_command(commands, "disable", "Let the user log in no more and end all sessions");
    add_command(commands, "enable", "Let the user log in again");
    add_command(commands, "delete", "Delete the user and end all sessions");
}

}  // namespace jwtgate::cli
