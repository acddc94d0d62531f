#include "api/control/control_application.hpp"

#include "api/answer.hpp"
#include "api/control/message.hpp"
#include "api/errors.hpp"
#include "auth/token_id.hpp"
#include "auth/user.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace jwtgate::api {
namespace {

// People type passwords where a name belongs.
std::string as_logged(std::string const& name)
{
    return auth::fold_user_name(name).value_or(name.empty() ? "" : "?");
}

std::string_view outcome_of(std::string const& refused) noexcept
{
    return refused.empty() ? std::string_view("done") : std::string_view(refused);
}

}  // namespace

core::task<void> control_application::handle(http::request const& req, http::response& res)
{
    bool const is_post = req.method == "POST";
    if (is_post && req.path == "/user") return run_user_command(req, res);
    if (is_post && req.path == "/session") return run_session_command(req, res);
    if (is_post && req.path == "/keys") return follow_key_file(req, res), core::task<void>{};
    return api::refuse(res, errc::not_found), core::task<void>{};
}

core::task<void> control_application::run_user_command(http::request const& req, http::response& res)
{
    auto command = read_command(req.body);
    if (!command) co_return api::refuse(res, command.error());
    auto const action = command->action;
    auto const user = as_logged(command->name);
    auto const reply = co_await reply_to(std::move(*command));
    log_.info(
        "user_command",
        {{"uid", req.peer_address},
         {"action", action},
         {"user", user},
         {"outcome", outcome_of(reply.refused)}}
    );
    answer_json(res, write_reply(reply));
}

core::task<user_reply> control_application::reply_to(user_command command)
{
    auto const refused = hooks_.check(command.terms);
    if (!refused.empty()) co_return user_reply{.refused = refused, .done = "", .users = {}};
    co_return co_await run(users_, std::move(command));
}

core::task<void> control_application::run_session_command(http::request const& req, http::response& res)
{
    auto command = read_message<session_command>(req.body);
    if (!command) co_return api::refuse(res, command.error());
    auto const asked = *command;
    auto const reply = co_await reply_to(std::move(*command));
    bool const goes_on = asked.action == "list" && !asked.after.empty();  // a list in parts is one command
    if (!goes_on || !reply.refused.empty()) log(req, asked, reply);
    answer_json(res, write_message(reply));
}

void control_application::log(
    http::request const& req, session_command const& asked, session_reply const& reply
) const
{
    auto const user = reply.user.empty() ? as_logged(asked.user.value_or("")) : reply.user;
    auto const session = asked.session.value_or("");
    log_.info(
        "session_command",
        {{"uid", req.peer_address},
         {"action", asked.action},
         {"user", user},
         {"sid", auth::is_base64url(session) ? session : "?"},
         {"outcome", outcome_of(reply.refused)}}
    );
}

core::task<session_reply> control_application::reply_to(session_command command)
{
    session_reply reply;
    reply.refused = hooks_.check(command.terms);
    if (!reply.refused.empty()) co_return reply;
    co_return co_await run(sessions_, std::move(command));
}

void control_application::follow_key_file(http::request const& req, http::response& res) const
{
    auto const changed = read_message<key_message>(req.body);
    if (!changed) return api::refuse(res, changed.error());
    log_.info("key_command", {{"uid", req.peer_address}, {"key_file", changed->key_file}});
    answer_json(res, write_message(hooks_.follow(changed->key_file)));
}

void control_application::refuse(
    http::refusal why, std::string_view /*peer_address*/, http::response& res
) noexcept
{
    refuse_request(res, why);
}

}  // namespace jwtgate::api
