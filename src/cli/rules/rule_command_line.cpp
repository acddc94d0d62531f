#include "cli/rules/rule_command_line.hpp"

#include "app/serve/server_terms.hpp"
#include "cli/command_group.hpp"
#include "cli/rules/rule_report.hpp"
#include "cli/users/user_commands.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <variant>

namespace jwtgate::cli {
namespace {

/// What parsing fills beside the options.
struct arguments {
    std::string url;
    std::string method = "GET";
    std::string user;
    bool is_preflight = false;
};

// Browsers ask for the root where an address names no path.
std::string with_path(std::string url)
{
    auto const scheme = url.find("://");
    if (scheme != std::string::npos && url.find_first_of("/?#\\", scheme + 3) == std::string::npos)
        url += '/';
    return url;
}

asked_request asked_for(arguments const& given)
{
    auto asked = api::read_url(given.method, given.url);
    if (asked) asked->is_preflight = given.is_preflight;
    return asked;
}

/// As `user show` finds it; the reason where there is none.
std::variant<api::user_line, std::string> find_user(
    config::loaded const& loaded, std::string const& name, core::log const& log
)
{
    api::user_command command{.action = "show", .name = name, .roles = {}, .password = {}, .terms = {}};
    command.terms = app::terms_of(loaded);
    auto reply = perform(loaded.values, std::move(command), log);
    if (!reply.refused.empty()) return reply.refused;
    return reply.users.at(0);
}

int show(rule_report const& shown)
{
    print(shown.text);
    return shown.is_let_in ? exit_status::done : exit_status::refused;
}

int run_explain(chosen_command const& chosen, arguments& given)
{
    auto const loaded = load(chosen);
    auto const log = log_of(loaded);
    given.url = with_path(given.url);
    if (given.is_preflight) given.method = "OPTIONS";
    auto const asked = asked_for(given);
    if (asked.error() == api::unclear::host || asked.error() == api::unclear::method)
        return complain(
            std::string(api::words_for(asked.error())) + ": " + given.url, exit_status::wrong_usage
        );
    api::rule_set const rules(loaded.values.rules);
    if (given.user.empty()) return show(report(rules, asked, nullptr));
    auto const found = find_user(loaded, given.user, log);
    if (auto const* const refused = std::get_if<std::string>(&found))
        return complain(*refused, exit_status::refused);
    return show(report(rules, asked, &std::get<api::user_line>(found)));
}

}  // namespace

void add_rule_commands(CLI::App& root, chosen_command& chosen)
{
    auto* const rule = root.add_subcommand("rule", "Look at the rules of the gate");
    rule->require_subcommand(1);
    command_group<arguments> commands(*rule, chosen, config::option_scope::server);
    auto& given = commands.given();
    auto& explain = commands.add(
        "explain",
        "Say which rule decides about a URL and why; exit status 0 when the gate would let it in, 1 when not",
        run_explain
    );
    explain.add_option("URL", given.url, "Such as https://app.example/admin/")->required();
    explain.add_option("--method", given.method, "Of the request [GET]")->type_name("METHOD");
    explain.add_option("--user", given.user, "Who is logged in; else nobody is")->type_name("NAME");
    explain.add_flag(
        "--preflight", given.is_preflight, "A browser's question before a request of another site (CORS)"
    );
}

}  // namespace jwtgate::cli
