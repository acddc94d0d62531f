#include "cli/users/user_commands.hpp"

#include "app/domain.hpp"
#include "cli/control_client.hpp"
#include "core/random.hpp"
#include "core/run_task.hpp"
#include "files/data_directory.hpp"
#include "files/key_file.hpp"
#include "store/sqlite_store.hpp"
#include "text/time_in_words.hpp"
#include "text/utf8.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <variant>

namespace jwtgate::cli {
namespace {

api::user_reply understood(std::string const& answer)
{
    auto reply = api::read_reply(answer);
    if (!reply) throw std::runtime_error("the running server did not understand the command");
    return std::move(*reply);
}

api::user_reply do_here(config::settings const& chosen, api::user_command command, core::log const& log)
{
    app::domain opened(chosen, log);
    auth::user_admin admin(opened.shared());
    return core::run_task(api::run(admin, std::move(command)));
}

/// Only a command that adds users makes a database, and then the key file that goes with it.
files::missing_database treatment_of(api::user_command const& command)
{
    return command.action == "add" ? files::missing_database::may_be_made
                                   : files::missing_database::is_refused;
}

void make_first_keys(config::settings const& chosen, files::data_claim& claim)
{
    if (!files::is_key_file_missing(chosen.key_file) || store::holds_users(chosen.database)) return;
    files::load_or_make_keys(chosen.key_file, core::secure_random(), claim.made());
}

/// The control socket takes JSON, which is UTF-8.
void check_text(api::user_command const& command)
{
    if (!text::is_utf8(command.name)) throw std::runtime_error("the user name is not UTF-8");
    if (!std::ranges::all_of(command.roles, text::is_utf8)) throw std::runtime_error("a role is not UTF-8");
}

std::string joined(std::vector<std::string> const& roles)
{
    std::string text;
    for (auto const& role : roles) text.append(text.empty() ? "" : ",").append(role);
    return text.empty() ? "-" : text;
}

}  // namespace

api::user_reply perform(config::settings const& chosen, api::user_command command, core::log const& log)
{
    check_text(command);
    files::become_owner(chosen.data_dir);
    auto const treated = treatment_of(command);
    auto const body = api::write_command(command);
    auto reached = ask_server(chosen, {.target = "/user", .body = body.reveal()}, treated);
    if (auto const* const answer = std::get_if<std::string>(&reached)) return understood(*answer);
    auto& claim = std::get<files::data_claim>(reached);
    if (treated == files::missing_database::may_be_made) make_first_keys(chosen, claim);
    auto reply = do_here(chosen, std::move(command), log);
    if (reply.refused.empty()) claim.keep();
    return reply;
}

std::string shown_users(std::vector<api::user_line> const& users)
{
    constexpr auto line = "{:<24}  {:<8}  {:<20}  {}\n";
    auto text = fmt::format(line, "NAME", "STATE", "CREATED", "ROLES");
    for (auto const& user : users) {
        auto const* const state = !user.enabled ? "disabled" : user.has_password ? "enabled" : "invited";
        text += fmt::format(line, user.name, state, text::date_of(user.created), joined(user.roles));
    }
    return text;
}

std::string shown_users_as_json(std::vector<api::user_line> const& users)
{
    return boost::json::serialize(boost::json::value_from(users)) + '\n';
}

}  // namespace jwtgate::cli
