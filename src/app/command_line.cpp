#include "app/command_line.hpp"

#include "app/command.hpp"
#include "app/keys/key_command_line.hpp"
#include "app/serve.hpp"
#include "app/tokens/token_command_line.hpp"
#include "app/users/user_command_line.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace jwtgate::app {
namespace {

int run_serve(chosen_command const& given)
{
    auto const loaded = load(given);
    serve(loaded.values, log_of(loaded));
    return exit_status::done;
}

int run_config_check(chosen_command const& given)
{
    auto const loaded = load(given);
    for (auto const& warning : loaded.warnings) complain(warning, exit_status::done);
    print("the configuration is good\n");
    return exit_status::done;
}

int run_config_show(chosen_command const& given)
{
    print(show_config(load(given)));
    return exit_status::done;
}

void add_serve(CLI::App& root, chosen_command& chosen)
{
    auto* const serve = root.add_subcommand("serve", "Run the server");
    add_options(*serve, option_scope::server, chosen.options);
    serve->callback([&chosen] { chosen.run = [&chosen] { return run_serve(chosen); }; });
}

void add_config(CLI::App& root, chosen_command& chosen)
{
    auto* const config = root.add_subcommand("config", "Look at the configuration without starting anything");
    config->require_subcommand(1);
    auto* const check =
        config->add_subcommand("check", "Say whether it is good; exit status 2 when it is not");
    auto* const show =
        config->add_subcommand("show", "Print every option with its value and where that came from");
    check->callback([&chosen] { chosen.run = [&chosen] { return run_config_check(chosen); }; });
    show->callback([&chosen] { chosen.run = [&chosen] { return run_config_show(chosen); }; });
    for (auto* const command : {check, show}) add_options(*command, option_scope::server, chosen.options);
}

int run_parsed(CLI::App& root, chosen_command const& chosen, int argc, char const* const* argv)
{
    try {
        root.parse(argc, argv);
    } catch (CLI::Success const& help) {
        return root.exit(help);
    } catch (CLI::ParseError const& error) {
        return complain(std::string(error.what()) + "; see jwtgate --help", exit_status::wrong_usage);
    }
    return chosen.run();
}

}  // namespace

int run_command_line(int argc, char const* const* argv)
try {
    CLI::App root(
        "jwtgate: log users in, keep their session in JWT cookies, and tell nginx who is asking", "jwtgate"
    );
    chosen_command chosen;
    root.set_version_flag("--version", "jwtgate " JWTGATE_VERSION);
    root.require_subcommand(1);
    add_serve(root, chosen);
    add_user_commands(root, chosen);
    add_key_commands(root, chosen);
    add_token_commands(root, chosen);
    add_config(root, chosen);
    return run_parsed(root, chosen, argc, argv);

} catch (config_error const& error) {
    return complain(error.what(), exit_status::wrong_usage);
}

}  // namespace jwtgate::app
