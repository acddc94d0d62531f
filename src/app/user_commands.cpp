#include "app/user_commands.hpp"

#include "app/data_directory.hpp"
#include "app/domain.hpp"
#include "core/run_task.hpp"
#include "http/client.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>

#include <chrono>
#include <fmt/chrono.h>
#include <optional>
#include <stdexcept>
#include <thread>

namespace jwtgate::app {
namespace {

using namespace std::chrono_literals;

// A server that starts or stops holds the lock while its socket is not there: worth waiting for.
constexpr auto patience = 2s;
constexpr auto pause = 50ms;
constexpr auto answer_timeout = 30s;

std::optional<api::user_reply> ask_server(config const& chosen, api::user_command const& command)
{
    auto const body = api::write_command(command);
    auto const answer =
        http::post_over_unix(control_socket(chosen.data_dir), "/user", body.reveal(), answer_timeout);
    if (!answer && answer.error() == boost::system::errc::permission_denied) {
        throw std::runtime_error("the running server takes commands from its own user or root only");
    }
    if (!answer) return std::nullopt;
    auto reply = api::read_reply(answer->body);
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
    auto const deadline = std::chrono::steady_clock::now() + patience;
    do {
        if (auto reply = ask_server(chosen, command)) return std::move(*reply);
        if (auto const held = try_lock(chosen.data_dir, made)) {
            auto reply = do_here(chosen, std::move(command), log);
            made.keep();
            return reply;
        }
        std::this_thread::sleep_for(pause);
    } while (std::chrono::steady_clock::now() < deadline);
    throw std::runtime_error(
        "data directory " + chosen.data_dir.string() + " is in use by a process that does not answer"
    );
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
