#include "api/metrics/metrics_application.hpp"

#include "api/answer.hpp"
#include "api/errors.hpp"
#include "api/metrics/exposition.hpp"
#include "api/metrics/metrics_text.hpp"

namespace jwtgate::api {
namespace {

void refuse_method(http::response& res)
{
    begin_refusal(res, errc::method_not_allowed);
    res.add("Allow", "GET, HEAD");
    finish_refusal(res, errc::method_not_allowed);
}

}  // namespace

core::task<void> metrics_application::handle(http::request const& req, http::response& res)
{
    if (req.path != "/metrics") return api::refuse(res, errc::not_found), core::task<void>{};
    if (req.method != "GET" && req.method != "HEAD") return refuse_method(res), core::task<void>{};
    begin_answer(res, 200);
    res.finish(exposition_type, metrics_text(counted_, read_()));
    return {};
}

void metrics_application::refuse(
    http::refusal why, std::string_view /*peer_address*/, http::response& res
) noexcept
{
    refuse_request(res, why);
}

}  // namespace jwtgate::api
