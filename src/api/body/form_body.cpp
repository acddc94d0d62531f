#include "api/body/form_body.hpp"

#include "api/body/media_type.hpp"
#include "api/errors.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <utility>

namespace jwtgate::api {
namespace {

// Unlike in a query, '+' is a blank.
std::optional<std::string> form_decode(std::string_view text)
{
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    auto decoded = http::percent_decode(spaced);
    core::wipe(spaced);
    if (decoded && decoded->find('\0') != std::string::npos) return std::nullopt;
    return decoded;
}

}  // namespace

core::result<form_body> form_body::parse(std::string_view body)
{
    form_body form;
    while (auto const given = http::next_parameter(body)) {
        auto name = form_decode(given->name);
        auto value = form_decode(given->value);
        if (!name || !value || std::ranges::find(form.members_, *name, &member::name) != form.members_.end())
            return errc::bad_form;
        form.members_.push_back({std::move(*name), core::secret(std::move(*value))});
    }
    return form;
}

std::string_view form_body::value(std::string_view name) const noexcept
{
    auto const found = std::ranges::find(members_, name, &member::name);
    return found == members_.end() ? std::string_view{} : found->value.reveal();
}

bool has_form(http::request const& req) noexcept
{
    return req.count("Content-Type") == 1 &&
           is_utf8_type(req.find("Content-Type"), "application/x-www-form-urlencoded");
}

std::optional<core::result<form_body>> form_of(http::request const& req)
{
    if (!has_form(req)) return std::nullopt;
    if (req.find("Content-Encoding").data() != nullptr)
        return core::result<form_body>(errc::content_encoding);
    return form_body::parse(req.body);
}

}  // namespace jwtgate::api
