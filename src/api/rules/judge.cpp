#include "api/rules/judge.hpp"

#include "api/errors.hpp"

namespace jwtgate::api {
namespace {

// Envoy appends the path of the original request: then it stands there, whatever the fields say.
constexpr std::string_view gate_path = "/auth";

boost::system::result<rule const*, unclear> find_rule(context const& ctx, http::request const& question)
{
    if (!ctx.site.proxies.trusts_peer(question)) return unclear::peer;
    if (question.path != gate_path) return unclear::question;
    auto const asked = read_original(question);
    if (!asked) return asked.error();
    return ctx.site.rules.find(*asked);
}

}  // namespace

core::result<ruling> judge(context& ctx, http::request const& question)
{
    if (ctx.site.rules.empty()) return ruling{};
    auto const found = find_rule(ctx, question);
    if (!found) {
        ctx.unclear_warned.warn(ctx.site.log, found.error());
        return errc::unclear_request;
    }
    if (*found == nullptr) return errc::no_rule;
    return ruling{(*found)->lets_in, (*found)->roles};
}

}  // namespace jwtgate::api
