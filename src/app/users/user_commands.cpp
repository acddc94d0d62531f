#include "app/users/user_commands.hpp"

#include "app/control_client.hpp"
#include "app/data_directory.hpp"
#include "app/domain.hpp"
#include "core/run_task.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>

#include <fmt/chrono.h>
#include <stdexcept>
#include <string>
#include <variant>

namespace jwtgate::app {
namespace {

api::user_reply understood(std::string const& answer)
{
    auto reply = api::read_reply(answer);
    if (!reply) throw std::runtime_error("the running server did not understand the command");
    return std::move(*reply);
}

api::user_reply do_here(config const& chosen, api::user_command command, core::log const& log)
{
    domain opened(chosen, log);
    auth::user_admin admin(opened.shared());
    return core::run_task(api::run(admin, std::move(command)));
}

std::string joined(std::vector<std::string> const& roles)
{
    std::string text;
    for (auto const& role : roles) text.append(text.empty() ? "" : ",").append(role);
    return text.empty() ? "-" : text;
}

}  // namespace

api::user_reply perform(config const& chosen, api::user_command command, core::log const& log)
{
    new_files made;
    make_data_directory(chosen.data_dir, made);
    become_owner(chosen.data_dir);
    auto const body = api::write_command(command);
    auto const reached = ask_server(chosen.data_dir, {.target = "/user", .body = body.reveal()}, made);
    if (auto const* const answer = std::get_if<std::string>(&reached)) return understood(*answer);
    auto reply = do_here(chosen, std::move(command), log);
    made.keep();
    return reply;
}

void print_users(std::vector<api::user_line> const& users)
{
    constexpr auto line = "{:<24}  {:<8}  {:<20}  {}\n";
    fmt::print(line, "NAME", "STATE", "CREATED", "ROLES");
    for (auto const& user : users) {
        auto const created = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(user.created));
        fmt::print(line, user.name, user.enabled ? "enabled" : "disabled", created, joined(user.roles));
    }
}

void print_users_as_json(std::vector<api::user_line> const& users)
{
    fmt::print("{}\n", boost::json::serialize(boost::json::value_from(users)));
}

}  // namespace jwtgate::app
