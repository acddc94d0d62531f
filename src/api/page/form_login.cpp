#include "api/page/form_login.hpp"

#include "api/answer.hpp"
#include "api/errors.hpp"
#include "api/handlers/log_in.hpp"
#include "api/page/form_csrf.hpp"
#include "api/page/page_answer.hpp"

#include <string>
#include <utility>

namespace jwtgate::api {
namespace {

core::result<auth::credentials> credentials_of(
    context const& ctx, http::request const& req, core::result<form_body> const& form
)
{
    if (!form) return form.error();
    if (auto const known = check_form(ctx, req, *form); !known) return known.error();
    auto const name = form->value("username");
    auto const password = form->value("password");
    if (name.empty()) return errc::user_name_missing;
    if (password.empty()) return errc::password_missing;
    return auth::credentials{
        std::string(name), core::secret(std::string(password)), ctx.site.credentials.devices(req)};
}

std::string alarm_of(auth::login_answer const& answer)
{
    std::string alarm(describe(answer.granted.error()).message);
    if (answer.wait.count() > 0) alarm += ". Try again in " + std::to_string(answer.wait.count()) + " s";
    return alarm;
}

struct given_form {
    core::result<auth::credentials> who;
    std::string rd;
};

given_form read_form(context const& ctx, http::request const& req)
{
    auto const form = form_of(req).value();
    return {credentials_of(ctx, req, form), form ? std::string(form->value("rd")) : ""};
}

}  // namespace

core::task<void> log_in_by_form(context& ctx, http::request const& req, http::response& res)
{
    auto form = read_form(ctx, req);
    auto const answer = co_await log_in(ctx, req, std::move(form.who));
    if (answer.granted) {
        begin_answer(res, 303);
        set_login_cookies(ctx, req, res, answer);
        co_return lead_back(ctx, req, res, form.rd);
    }
    begin_refusal(res, answer.granted.error());
    if (answer.wait.count() > 0) res.add("Retry-After", std::to_string(answer.wait.count()));
    auto const alarm = alarm_of(answer);
    finish_page(ctx, req, res, {.rd = form.rd, .alarm = alarm});
}

}  // namespace jwtgate::api
