#include "api/control/control_application.hpp"

#include "api/answer.hpp"
#include "api/control/message.hpp"
#include "api/control/user_command.hpp"
#include "api/errors.hpp"

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
    auto const reply = co_await run(admin_, std::move(*command));
    answer_json(res, write_reply(reply));
}

void control_application::follow_key_file(http::request const& req, http::response& res) const
{
    auto const changed = read_message<key_message>(req.body);
    if (!changed) return api::refuse(res, changed.error());
    answer_json(res, write_message(follow_(changed->key_file)));
}

void control_application::refuse(http::refusal why, http::response& res) noexcept
{
    refuse_request(res, why);
}

}  // namespace jwtgate::api
