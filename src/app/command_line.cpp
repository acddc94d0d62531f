#include "app/command_line.hpp"

#include "app/config/config_load.hpp"
#include "app/password_prompt.hpp"
#include "app/serve.hpp"
#include "app/user_commands.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>
#include <string>

namespace jwtgate::app {
namespace {

constexpr int done = 0;
constexpr int refused = 1;
constexpr int wrong_usage = 2;

/// What parsing fills and the chosen command reads.
struct arguments {
    given_options options;
    api::user_command user;
    bool password_from_stdin = false;
    bool as_json = false;
    std::function<int(arguments&)> run;
};

int complain(std::string_view what, int status)
{
    std::cerr << "jwtgate: " << what << '\n';
    return status;
}

loaded_config load(arguments const& given)
{
    return load_config(given.options, process_environment());
}

core::log log_of(loaded_config const& loaded)
{
    core::log log(loaded.values.log_level, loaded.values.log_format);
    for (auto const& warning : loaded.warnings) log.warn(warning);
    return log;
}

int run_serve(arguments& given)
{
    auto const loaded = load(given);
    serve(loaded.values, log_of(loaded));
    return done;
}

int run_config_check(arguments& given)
{
    auto const loaded = load(given);
    for (auto const& warning : loaded.warnings) complain(warning, done);
    std::cout << "the configuration is good\n";
    return done;
}

int run_config_show(arguments& given)
{
    std::cout << show_config(load(given));
    return done;
}

bool takes_password(std::string_view action)
{
    return action == "add" || action == "passwd";
}

bool shows_users(std::string_view action)
{
    return action == "list" || action == "show";
}

int run_user(arguments& given)
{
    auto const loaded = load(given);
    auto const action = given.user.action;
    if (takes_password(action))
        given.user.password = given.password_from_stdin ? read_password_line() : ask_for_password();
    auto const reply = perform(loaded.values, std::move(given.user), log_of(loaded));
    if (!reply.refused.empty()) return complain(reply.refused, refused);
    if (!shows_users(action)) return done;
    given.as_json ? print_users_as_json(reply.users) : print_users(reply.users);
    return done;
}

void add_serve(CLI::App& root, arguments& given)
{
    auto* const serve = root.add_subcommand("serve", "Run the server");
    add_options(*serve, option_scope::server, given.options);
    serve->callback([&given] { given.run = run_serve; });
}

void add_config(CLI::App& root, arguments& given)
{
    auto* const config = root.add_subcommand("config", "Look at the configuration without starting anything");
    config->require_subcommand(1);
    auto* const check =
        config->add_subcommand("check", "Say whether it is good; exit status 2 when it is not");
    auto* const show =
        config->add_subcommand("show", "Print every option with its value and where that came from");
    check->callback([&given] { given.run = run_config_check; });
    show->callback([&given] { given.run = run_config_show; });
    for (auto* const command : {check, show}) add_options(*command, option_scope::server, given.options);
}

CLI::App& add_user_command(
    CLI::App& user, arguments& given, std::string const& action, std::string const& help
)
{
    auto* const command = user.add_subcommand(action, help);
    add_options(*command, option_scope::every_command, given.options);
    if (action != "list") command->add_option("NAME", given.user.name, "The user's name")->required();
    if (shows_users(action)) command->add_flag("--json", given.as_json, "Print JSON");
    if (takes_password(action)) {
        command->add_flag(
            "--password-stdin", given.password_from_stdin, "Read the password from standard input, one line"
        );
    }
    command->callback([&given, action] {
        given.user.action = action;
        given.run = run_user;
    });
    return *command;
}

void add_user(CLI::App& root, arguments& given)
{
    auto* const user = root.add_subcommand("user", "Manage users; a running server acts on it at once");
    user->require_subcommand(1);
    add_user_command(*user, given, "add", "Add a user; asks for the password")
        .add_option("--role", given.user.roles, "A role; may be given several times")
        ->type_name("ROLE")
        ->allow_extra_args(false);
    add_user_command(*user, given, "list", "List all users");
    add_user_command(*user, given, "show", "Show one user");
    add_user_command(*user, given, "passwd", "Set a new password and end the user's sessions");
    add_user_command(*user, given, "roles", "Set the roles, none to have none, and end the user's sessions")
        .add_option("ROLE", given.user.roles, "The roles from now on");
    add_user_command(*user, given, "disable", "Let the user log in no more and end all sessions");
    add_user_command(*user, given, "enable", "Let the user log in again");
    add_user_command(*user, given, "delete", "Delete the user and end all sessions");
}

int run_parsed(CLI::App& root, arguments& given, int argc, char const* const* argv)
{
    try {
        root.parse(argc, argv);
    } catch (CLI::Success const& help) {
        return root.exit(help);
    } catch (CLI::ParseError const& error) {
        return complain(std::string(error.what()) + "; see jwtgate --help", wrong_usage);
    }
    return given.run(given);
}

}  // namespace

int run_command_line(int argc, char const* const* argv)
try {
    CLI::App root(
        "jwtgate: log users in, keep their session in JWT cookies, and tell nginx who is asking", "jwtgate"
    );
    arguments given;
    root.set_version_flag("--version", "jwtgate " JWTGATE_VERSION);
    root.require_subcommand(1);
    add_serve(root, given);
    add_user(root, given);
    add_config(root, given);
    return run_parsed(root, given, argc, argv);

} catch (config_error const& error) {
    return complain(error.what(), wrong_usage);
}

}  // namespace jwtgate::app
