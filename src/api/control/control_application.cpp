#include "api/control/control_application.hpp"

#include "api/answer.hpp"
#include "api/control/user_command.hpp"
#include "api/errors.hpp"

namespace jwtgate::api {

core::task<void> control_application::handle(http::request const& req, http::response& res)
{
    if (req.path != "/user" || req.method != "POST") co_return api::refuse(res, errc::not_found);
    auto command = read_command(req.body);
    if (!command) co_return api::refuse(res, command.error());
    auto const reply = co_await run(admin_, std::move(*command));
    answer_json(res, write_reply(reply));
}

void control_application::refuse(http::refusal why, http::response& res) noexcept
{
    refuse_request(res, why);
}

}  // namespace jwtgate::api
