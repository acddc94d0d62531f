#include "api/handlers/access.hpp"

#include "api/answer.hpp"
#include "api/errors.hpp"

namespace jwtgate::api {

core::result<authenticated> authenticate(context& ctx, http::request const& req)
{
    auto const presented = ctx.site.credentials.access_token(req);
    if (!presented) return presented.error();
    auto verified = ctx.service.authenticate(presented->text);
    if (!verified) return verified.error();
    return authenticated{std::move(*verified), *presented};
}

void refuse_access(context& ctx, http::request const& req, http::response& res, core::error_code why)
{
    if (why != errc::token_missing) return refuse(res, why);
    refuse(res, why, ctx.site.credentials.missing_access_token(req));
}

std::optional<auth::access_grant> renew(context& ctx, authenticated const& who)
{
    if (who.presented.location != token_location::cookies) return std::nullopt;
    return ctx.service.renew(who.claims());
}

}  // namespace jwtgate::api
