#include "web/page.hpp"

#include "api/answer.hpp"
#include "api/errors.hpp"
#include "api/handlers/handlers.hpp"
#include "api/page/page_answer.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace jwtgate::api {
namespace {

// Where the proxy, or a link, asks to be led back to. Nowhere for what stands there twice.
std::string return_url(std::string_view query)
{
    std::optional<std::string> found;
    while (auto const given = http::next_parameter(query)) {
        if (given->name != "rd") continue;
        if (found) return "";
        found = http::percent_decode(given->value).value_or("");
    }
    return found.value_or("");
}

}  // namespace

core::task<void> page(context& ctx, http::request const& req, http::response& res)
{
    begin_answer(res, 200);
    finish_page(ctx, req, res, {.rd = return_url(req.query)});
    return {};
}

core::task<void> page_file(context& /*ctx*/, http::request const& req, http::response& res)
{
    auto const assets = web::assets();
    auto const found = std::ranges::find(assets, req.path, &web::asset::path);
    if (found == assets.end()) return refuse(res, errc::not_found), core::task<void>{};
    begin_answer(res, 200);
    add_page_fields(res, "");
    res.finish(found->content_type, found->body);
    return {};
}

core::task<void> health(context& /*ctx*/, http::request const& /*req*/, http::response& res)
{
    answer_json(res, R"({"status":"ok"})");
    return {};
}

}  // namespace jwtgate::api
