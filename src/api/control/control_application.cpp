#include "api/control/control_application.hpp"

#include "api/answer.hpp"
#include "api/control/message.hpp"
#include "api/errors.hpp"
#include "auth/user.hpp"

#include <string_view>

namespace jwtgate::api {

core::task<void> control_application::handle(http::request const& req, http::response& res)
{
    bool const is_post = req.method == "POST";
    if (is_post && req.path == "/user") return run_user_command(req, res);
    if (is_post && req.path == "/keys") return follow_key_file(req, res), core::task<void>{};
    return api::refuse(res, errc::not_found), core::task<void>{};
}

core::task<void> control_application::run_user_command(http::request const& req, http::response& res)
{
    auto command = read_command(req.body);
    if (!command) co_return api::refuse(res, command.error());
    auto const action = command->action;
    auto const user = auth::fold_user_name(command->name).value_or(command->name.empty() ? "" : "?");
    auto const reply = co_await reply_to(std::move(*command));
    auto const outcome = reply.refused.empty() ? std::string_view("done") : std::string_view(reply.refused);
    log_.info(
        "user_command", {{"uid", req.peer_address}, {"action", action}, {"user", user}, {"outcome", outcome}}
    );
    answer_json(res, write_reply(reply));
}

core::task<user_reply> control_application::reply_to(user_command command)
{
    auto const refused = hooks_.check(command.terms);
    if (!refused.empty()) co_return user_reply{.refused = refused, .done = "", .users = {}};
    co_return co_await run(admin_, std::move(command));
}

void control_application::follow_key_file(http::request const& req, http::response& res) const
{
    auto const changed = read_message<key_message>(req.body);
    if (!changed) return api::refuse(res, changed.error());
    log_.info("key_command", {{"uid", req.peer_address}, {"key_file", changed->key_file}});
    answer_json(res, write_message(hooks_.follow(changed->key_file)));
}

void control_application::refuse(http::refusal why, http::response& res) noexcept
{
    refuse_request(res, why);
}

}  // namespace jwtgate::api
