#include "api/page/form_csrf.hpp"

#include "api/errors.hpp"
#include "auth/token_id.hpp"
#include "core/secret.hpp"
#include "http/cookies.hpp"

namespace jwtgate::api {
namespace {

// None where there are several: one of them may be another's.
std::string_view cookie_of(context const& ctx, http::request const& req) noexcept
{
    auto const found = http::find_cookie(req.fields, ctx.site.cookies.form());
    bool const is_ours = found.value && !found.conflicting && auth::is_token_id(*found.value);
    return is_ours ? *found.value : std::string_view{};
}

}  // namespace

std::string begin_form(context const& ctx, http::request const& req, http::response& res)
{
    std::string value(cookie_of(ctx, req));
    if (value.empty()) value = core::random_id(ctx.site.random, auth::token_id_bytes);
    ctx.site.cookies.set_form(res, value);
    return value;
}

core::result<void> check_form(context const& ctx, http::request const& req, form_body const& form) noexcept
{
    auto const expected = cookie_of(ctx, req);
    bool const matches = core::equal_in_constant_time(form.value("csrf"), expected);
    if (expected.empty() || !matches) return errc::form_outdated;
    return {};
}

}  // namespace jwtgate::api
