#include "cli/sessions/session_command_line.hpp"

#include "app/serve/server_terms.hpp"
#include "auth/token_id.hpp"
#include "cli/command_group.hpp"
#include "cli/sessions/session_commands.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <utility>

namespace jwtgate::cli {
namespace {

constexpr char const* revoke_usage = "session revoke: needs either a SID or --user NAME; see jwtgate --help";

/// What parsing fills beside the options.
struct arguments {
    api::session_command command;
    bool as_json = false;
};

/// Empty when it is one.
std::string fault_of_id(std::string const& text)
{
    if (auth::is_token_id(text)) return "";
    return "the id of a session is " + std::to_string(auth::longest_token_id) +
           " of A-Z a-z 0-9 - _ at most, as `session list` shows it";
}

bool names_one_target(api::session_command const& command)
{
    return command.user.has_value() != command.session.has_value();
}

int run_session(chosen_command const& chosen, arguments& given)
{
    auto const loaded = load(chosen);
    auto& command = given.command;
    auto const is_list = command.action == "list";
    command.terms = app::terms_of(loaded);
    auto const reply = perform(loaded.values, std::move(command), log_of(loaded));
    if (!reply.refused.empty()) return complain(reply.refused, exit_status::refused);
    if (!is_list) {
        print(reply.done + '\n');
    } else {
        print(given.as_json ? shown_sessions_as_json(reply.sessions) : shown_sessions(reply.sessions));
    }
    return exit_status::done;
}

using session_commands = command_group<arguments>;

CLI::App& add_command(
    session_commands& commands,
    std::string const& action,
    std::string const& help,
    std::string const& user_help
)
{
    auto& command = commands.add(action, help, [action](chosen_command const& chosen, arguments& given) {
        given.command.action = action;
        if (action == "revoke" && !names_one_target(given.command))
            return complain(revoke_usage, exit_status::wrong_usage);
        return run_session(chosen, given);
    });
    command.add_option("--user", commands.given().command.user, user_help)->type_name("NAME");
    return command;
}

}  // namespace

void add_session_commands(CLI::App& root, chosen_command& chosen)
{
    auto* const session = root.add_subcommand(
        "session", "See who is logged in, and end it; a running server acts on it at once"
    );
    session->require_subcommand(1);
    session_commands commands(*session, chosen, config::option_scope::users);
    auto& given = commands.given();
    add_command(commands, "list", "List all sessions, newest first", "Those of this user only")
        .add_flag("--json", given.as_json, "Print JSON");
    add_command(commands, "revoke", "End one session, or all of a user", "End all sessions of this user")
        .add_option("SID", given.command.session, "The session's id, as list shows it")
        ->check(fault_of_id, "", "");
}

}  // namespace jwtgate::cli
