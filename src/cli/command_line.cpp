#include "cli/command_line.hpp"

#include "app/serve/serve.hpp"
#include "cli/command.hpp"
#include "cli/command_words.hpp"
#include "cli/keys/key_command_line.hpp"
#include "cli/rules/rule_command_line.hpp"
#include "cli/sessions/session_command_line.hpp"
#include "cli/tokens/token_command_line.hpp"
#include "cli/users/user_command_line.hpp"
#include "config/combinations.hpp"
#include "files/data_check.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <span>
#include <sstream>
#include <string>

namespace jwtgate::cli {
namespace {

/// Whether every line on stderr has to be JSON, the last one of a start that fails too.
bool is_read_by_machine(config::settings const& values)
{
    return values.log_format == core::log_format::json && values.log_level != core::log_level::off;
}

void warn_of_unused_listen(config::loaded const& loaded, app::handed_over const& handed, core::log const& log)
{
    auto const& listen = *std::ranges::find(loaded.table, "listen", &config::setting::option);
    if (handed.sockets.empty() || listen.origin == "default") return;
    log.warn("listen is not used: the sockets that were handed over stand in its place (LISTEN_FDS)");
}

int run_serve(chosen_command const& given)
{
    auto const loaded = load(given);
    auto const handed = app::take_handed_over();
    auto const log = log_of(loaded);
    warn_of_unused_listen(loaded, handed, log);
    try {
        app::serve(loaded.values, handed, log);
    } catch (std::exception const& failure) {
        if (!is_read_by_machine(loaded.values)) throw;
        log.error("cannot start", {{"reason", failure.what()}});
        return exit_status::refused;
    }
    return exit_status::done;
}

int run_config_check(chosen_command const& given)
{
    auto const loaded = load(given);
    files::check_data(loaded.values);
    for (auto const& warning : loaded.warnings) complain(warning, exit_status::done);
    for (auto const& doubt : config::doubts_about(loaded.values)) complain(doubt, exit_status::done);
    print("the configuration is good\n");
    return exit_status::done;
}

int run_config_show(chosen_command const& given)
{
    print(config::show(load(given)));
    return exit_status::done;
}

void add_serve(CLI::App& root, chosen_command& chosen)
{
    auto* const serve = root.add_subcommand("serve", "Run the server");
    config::add_options(*serve, config::option_scope::server, chosen.options);
    serve->callback([&chosen] { chosen.run = [&chosen] { return run_serve(chosen); }; });
}

void add_config(CLI::App& root, chosen_command& chosen)
{
    auto* const config = root.add_subcommand("config", "Look at the configuration without starting anything");
    config->require_subcommand(1);
    auto* const check = config->add_subcommand(
        "check", "Say whether serve would take it, files included; exit status 2 when not"
    );
    auto* const show =
        config->add_subcommand("show", "Print every option with its value and where that came from");
    check->callback([&chosen] { chosen.run = [&chosen] { return run_config_check(chosen); }; });
    show->callback([&chosen] { chosen.run = [&chosen] { return run_config_show(chosen); }; });
    for (auto* const command : {check, show})
        config::add_options(*command, config::option_scope::server, chosen.options);
}

int complain_of_usage(std::string const& what)
{
    return complain(what + "; see jwtgate --help", exit_status::wrong_usage);
}

int run_parsed(CLI::App& root, chosen_command const& chosen, int argc, char const* const* argv)
{
    auto const wrong = wrong_command(root, std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
    if (!wrong.empty()) return complain_of_usage(wrong);
    try {
        root.parse(argc, argv);
    } catch (CLI::Success const& asked) {
        std::ostringstream text;
        root.exit(asked, text);
        print(text.str());
        return exit_status::done;
    } catch (CLI::ExtrasError const&) {
        return complain_of_usage(unexpected_words(root));
    } catch (CLI::ParseError const& error) {
        return complain_of_usage(error.what());
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
    add_session_commands(root, chosen);
    add_key_commands(root, chosen);
    add_token_commands(root, chosen);
    add_rule_commands(root, chosen);
    add_config(root, chosen);
    return run_parsed(root, chosen, argc, argv);

} catch (config::error const& error) {
    return complain(error.what(), exit_status::wrong_usage);
}

}  // namespace jwtgate::cli
