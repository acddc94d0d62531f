#include "cli/sessions/session_commands.hpp"

#include "api/control/message.hpp"
#include "app/domain.hpp"
#include "cli/control_client.hpp"
#include "core/run_task.hpp"
#include "files/data_directory.hpp"
#include "text/printable.hpp"
#include "text/time_in_words.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <variant>

namespace jwtgate::cli {
namespace {

using doer = std::function<api::session_reply(api::session_command const&)>;

/// The control socket takes JSON, which is UTF-8.
void check_text(api::session_command const& command)
{
    if (!text::is_utf8(command.user.value_or(""))) throw std::runtime_error("the user name is not UTF-8");
}

std::variant<std::string, files::data_claim> send(
    config::settings const& chosen, api::session_command const& command
)
{
    auto const body = api::write_message(command);
    return ask_server(chosen, {.target = "/session", .body = body}, files::missing_database::is_refused);
}

api::session_reply understood(std::string const& answer)
{
    auto reply = api::read_message<api::session_reply>(answer);
    if (!reply) throw std::runtime_error("the running server did not understand the command");
    return std::move(*reply);
}

api::session_reply ask_again(config::settings const& chosen, api::session_command const& command)
{
    auto const reached = send(chosen, command);
    auto const* const answer = std::get_if<std::string>(&reached);
    if (answer == nullptr) throw std::runtime_error("the running server stopped in the middle of its answer");
    return understood(*answer);
}

bool is_newer(api::session_line const& a, api::session_line const& b) noexcept
{
    return std::tie(b.created, b.last_used, a.id) < std::tie(a.created, a.last_used, b.id);
}

/// A long list comes in parts, of which this is the first.
api::session_reply whole(api::session_command command, api::session_reply all, doer const& perform_part)
{
    while (!all.next.empty()) {
        command.after = std::exchange(all.next, "");
        auto part = perform_part(command);
        if (!part.refused.empty()) return part;
        std::ranges::move(part.sessions, std::back_inserter(all.sessions));
        all.next = std::move(part.next);
    }
    std::ranges::sort(all.sessions, is_newer);
    return all;
}

api::session_reply do_here(
    config::settings const& chosen, api::session_command const& command, core::log const& log
)
{
    app::domain opened(chosen, log);
    auth::session_admin admin(opened.shared());
    auto const perform_part = [&admin](api::session_command const& part) {
        return core::run_task(api::run(admin, part));
    };
    return whole(command, perform_part(command), perform_part);
}

}  // namespace

api::session_reply perform(config::settings const& chosen, api::session_command command, core::log const& log)
{
    check_text(command);
    files::become_owner(chosen.data_dir);
    auto reached = send(chosen, command);
    if (auto const* const answer = std::get_if<std::string>(&reached)) {
        auto const next = [&chosen](api::session_command const& part) { return ask_again(chosen, part); };
        return whole(std::move(command), understood(*answer), next);
    }
    auto reply = do_here(chosen, command, log);
    if (reply.refused.empty()) std::get<files::data_claim>(reached).keep();
    return reply;
}

std::string shown_sessions(std::vector<api::session_line> const& sessions)
{
    constexpr auto row = "{:<24}  {:<22}  {:<20}  {:<20}  {:<15}  {}\n";
    auto text = fmt::format(row, "USER", "ID", "CREATED", "LAST USED", "ADDRESS", "USER AGENT");
    for (auto const& one : sessions) {
        text += fmt::format(
            row,
            text::printable(one.user),
            text::printable(one.id),
            text::date_of(one.created),
            text::date_of(one.last_used),
            text::printable(one.address),
            one.user_agent.empty() ? "-" : text::printable(one.user_agent)
        );
    }
    return text;
}

std::string shown_sessions_as_json(std::vector<api::session_line> const& sessions)
{
    return api::write_message(sessions) + '\n';
}

}  // namespace jwtgate::cli
