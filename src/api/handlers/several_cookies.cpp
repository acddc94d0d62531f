#include "api/handlers/several_cookies.hpp"

#include "api/answer.hpp"
#include "api/errors.hpp"
#include "auth/error.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace jwtgate::api {
namespace {

// nginx takes a head of four kilobytes unless told otherwise; new cookies need more of it than deletions.
constexpr std::size_t room_beside_new_cookies = 1536;
constexpr std::size_t room_beside_deletions = 2560;

std::string_view session_of(jwt::verified const& token) noexcept
{
    return token.claims().session;
}

void keep_newest(std::vector<jwt::verified>& kept, jwt::verified const& token)
{
    auto const same = std::ranges::find(kept, session_of(token), session_of);
    if (same == kept.end()) return kept.push_back(token);
    if (same->claims().counter < token.claims().counter) *same = token;
}

// The tokens whose sessions live: of one whose row was lost the index need not know.
core::task<core::result<std::vector<jwt::verified>>> living(context& ctx, std::vector<jwt::verified> tokens)
{
    std::vector<jwt::verified> found;
    for (auto const& token : tokens) {
        auto const session = co_await ctx.service.find_session(std::string(session_of(token)));
        if (!session && session.error() != auth::errc::token_revoked) co_return session.error();
        if (session) found.push_back(token);
    }
    co_return found;
}

// What of the request's cookies a key of this server has signed, and the CSRF values inside.
std::vector<std::string> signed_values(context& ctx, http::request const& req)
{
    std::vector<std::string> values;
    for (auto const& presented : ctx.site.credentials.all_tokens(req)) {
        auto const token = ctx.tokens.recognise(presented.text);
        if (!token) continue;
        values.emplace_back(presented.text);
        values.emplace_back(token->claims().csrf);
    }
    return values;
}

shown_cookies shown_by(
    context const& ctx, http::request const& req, std::span<std::string const> ours, std::size_t room
)
{
    return {.fields = req.fields, .host = ctx.site.proxies.host_of(req), .signed_values = ours, .room = room};
}

}  // namespace

core::result<presented_token> choose_access(context& ctx, http::request const& req)
{
    std::optional<jwt::verified> newest;
    presented_token chosen{.text = {}, .location = token_location::cookies};
    for (auto const text : ctx.site.credentials.cookies_of(req, token_kind::access)) {
        auto const token = ctx.tokens.authenticate(text, {.type = auth::token_type::access});
        if (!token) continue;
        if (newest && session_of(*newest) != session_of(*token)) return errc::several_sessions;
        if (newest && newest->claims().expires_at >= token->claims().expires_at) continue;
        newest = *token;
        chosen.text = text;
    }
    if (!newest) return errc::several_cookies;
    return chosen;
}

core::task<core::result<jwt::verified>> choose_refresh(context& ctx, http::request const& req)
{
    std::vector<jwt::verified> kept;
    for (auto const text : ctx.site.credentials.cookies_of(req, token_kind::refresh)) {
        auto const token = ctx.tokens.authenticate(text, {.type = auth::token_type::refresh});
        if (token) keep_newest(kept, *token);
    }
    if (kept.size() > 1) {
        auto alive = co_await living(ctx, std::move(kept));
        if (!alive) co_return alive.error();
        kept = std::move(*alive);
    }
    if (kept.empty()) co_return errc::several_cookies;
    if (kept.size() > 1) co_return errc::several_sessions;
    co_return kept.front();
}

bool is_several(core::error_code why) noexcept
{
    return why == errc::several_cookies || why == errc::several_sessions;
}

void clear_beside_new(context& ctx, http::request const& req, http::response& res)
{
    auto const ours = signed_values(ctx, req);
    auto const shown = shown_by(ctx, req, ours, room_beside_new_cookies);
    ctx.site.former.clear(res, shown, {token_kind::access, token_kind::refresh});
}

void clear_every_form(context& ctx, http::request const& req, http::response& res, token_kinds kinds)
{
    auto const ours = signed_values(ctx, req);
    ctx.site.former.clear(res, shown_by(ctx, req, ours, room_beside_deletions), kinds);
    for (auto const kind : kinds) ctx.site.cookies.clear(res, kind);
}

void refuse_several(context& ctx, http::request const& req, http::response& res, several const& what)
{
    begin_refusal(res, what.why);
    clear_every_form(ctx, req, res, {what.kind});
    finish_refusal(res, what.why, ctx.site.credentials.several_of(what.kind, what.why));
}

}  // namespace jwtgate::api
