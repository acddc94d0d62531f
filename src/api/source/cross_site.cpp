#include "api/source/cross_site.hpp"

#include "api/source/origin.hpp"

#include <algorithm>
#include <array>

namespace jwtgate::api {
namespace {

using words = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view name, words names) noexcept
{
    return std::ranges::any_of(names, [name](std::string_view each) { return http::same_name(name, each); });
}

bool mentions(std::string_view text, words parts) noexcept
{
    auto const same = [](char a, char b) { return http::to_lower(a) == b; };
    return std::ranges::any_of(parts, [&](std::string_view part) {
        return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
    });
}

bool is_there(http::request const& req, std::string_view name) noexcept
{
    return req.find(name).data() != nullptr;
}

// A field that may stand once: several are as good as an empty one, which names nobody.
std::string_view only(http::request const& req, std::string_view name) noexcept
{
    return req.count(name) == 1 ? req.find(name) : std::string_view{};
}

bool is_foreign_origin(http::request const& req, std::string_view host) noexcept
{
    return is_there(req, "Origin") && !is_origin_of(only(req, "Origin"), host);
}

bool is_foreign_referer(http::request const& req, std::string_view host) noexcept
{
    return is_there(req, "Referer") && !refers_to(only(req, "Referer"), host);
}

bool is_foreign_fetch(http::request const& req) noexcept
{
    auto const site = only(req, "Sec-Fetch-Site");
    return site != "same-origin" && site != "none";
}

// Whether a browser fetched this before anybody asked for it, or for a page to show inside itself.
bool is_unasked(http::field const& field) noexcept
{
    if (http::same_name(field.name, "Sec-Fetch-Dest"))
        return field.value != "document" && field.value != "empty";
    return is_one_of(field.name, {"Sec-Purpose", "Purpose", "X-Moz", "X-Purpose"}) &&
           mentions(field.value, {"prefetch", "prerender", "preview"});
}

}  // namespace

bool is_unsafe(std::string_view method) noexcept
{
    constexpr auto safe = std::to_array<std::string_view>({"GET", "HEAD", "OPTIONS", "TRACE"});
    return std::ranges::find(safe, method) == safe.end();
}

// nginx hands on no Upgrade field unless told to, but the version that every handshake has (RFC 6455
// section 4.1).
bool asks_for_unsafe(http::request const& req) noexcept
{
    return is_unsafe(req.method) || std::ranges::any_of(req.fields, [](http::field const& field) {
               if (is_one_of(field.name, {"X-Original-Method", "X-Forwarded-Method"}))
                   return is_unsafe(field.value);
               if (http::same_name(field.name, "Upgrade")) return mentions(field.value, {"websocket"});
               return http::same_name(field.name, "Sec-WebSocket-Version");
           });
}

bool is_cross_site(http::request const& req, std::string_view host) noexcept
{
    if (is_there(req, "Sec-Fetch-Site")) return is_foreign_fetch(req);
    return is_there(req, "Origin") ? is_foreign_origin(req, host) : is_foreign_referer(req, host);
}

bool is_asked_for(http::request const& req, std::string_view host) noexcept
{
    if (is_cross_site(req, host) || std::ranges::any_of(req.fields, is_unasked)) return false;
    return is_there(req, "Sec-Fetch-Site") || !is_foreign_referer(req, host);
}

}  // namespace jwtgate::api
