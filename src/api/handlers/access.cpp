#include "api/handlers/access.hpp"

#include "api/answer.hpp"
#include "api/errors.hpp"
#include "api/handlers/several_cookies.hpp"
#include "auth/admin/user_admin.hpp"

namespace jwtgate::api {
namespace {

core::result<presented_token> find_token(context& ctx, http::request const& req)
{
    auto const presented = ctx.site.credentials.access_token(req);
    return presented.error() == errc::several_cookies ? choose_access(ctx, req) : presented;
}

}  // namespace

core::result<authenticated> authenticate(
    context& ctx, http::request const& req, auth::token_need const& needed
)
{
    auto const presented = find_token(ctx, req);
    if (!presented) return presented.error();
    auto const verified = ctx.tokens.authenticate(presented->text, needed);
    if (!verified) return verified.error();
    return core::result<authenticated>{boost::system::in_place_value, *verified, *presented};
}

void refuse_access(context& ctx, http::request const& req, http::response& res, core::error_code why)
{
    if (is_several(why)) return refuse_several(ctx, req, res, {token_kind::access, why});
    if (why != errc::token_missing) return refuse(res, why);
    refuse(res, why, ctx.site.credentials.missing_access_token(req));
}

std::optional<auth::access_grant> renew(context& ctx, authenticated const& who)
{
    if (who.presented.location != token_location::cookies) return std::nullopt;
    auto renewed = ctx.service.renew(who.claims());
    bool const fits = renewed && renewed->token.size() + auth::max_cookie_overhead <= auth::max_cookie_size;
    return fits ? std::move(renewed) : std::nullopt;
}

void answer_renewing(context& ctx, authenticated const& who, http::response& res, std::string_view body)
{
    begin_answer(res, 200);
    if (auto const renewed = renew(ctx, who)) ctx.site.cookies.set(res, *renewed);
    res.finish("application/json", body);
}

core::result<authenticated> authenticate_change(
    context& ctx, http::request const& req, auth::token_need const& needed
)
{
    auto who = authenticate(ctx, req, needed);
    if (!who) return who.error();
    auto const csrf = ctx.site.credentials.check_csrf(req, who->presented.location, who->claims());
    if (!csrf) return csrf.error();
    return who;
}

auth::account_holder holder_of(context const& ctx, http::request const& req, authenticated const& who)
{
    return {
        .user_name = std::string(who.claims().subject),
        .session = std::string(who.claims().session),
        .from = client_of(ctx, req),
    };
}

}  // namespace jwtgate::api
