#pragma once

#include "api/handlers/handlers.hpp"

#include <array>
#include <string_view>

namespace jwtgate::api {

/// What becomes of a body that the request declares. Ignored: it is not even waited for.
enum class body_use { read, ignored };

/// One row: a path, whose last segment may be `{id}`, a method ("" for any), and who answers.
struct route {
    std::string_view path;
    std::string_view method;
    core::task<void> (*run)(context&, http::request const&, http::response&);
    body_use body = body_use::read;
};

/// Every route of the contract. HEAD is answered where GET is, but for /logout; behind /auth/ the gate
/// answers too.
inline constexpr auto routes = std::to_array<route>({
    {"/auth", "", gate, body_use::ignored},
    {"/protected", "GET", show_protected},
    {"/me", "GET", me},
    {"/login", "POST", login},
    {"/token", "POST", token},
    {"/refresh", "POST", refresh},
    {"/logout", "POST", logout},
    {"/logout", "GET", logout},
    {"/sessions", "GET", list_sessions},
    {"/sessions", "DELETE", end_sessions},
    {"/sessions/{id}", "DELETE", end_session},
    {"/password", "PUT", change_password},
    {"/invite", "POST", accept_invite},
    {"/healthz", "GET", health},
    {"/", "GET", page},
    {"/account.js", "GET", page_file},
    {"/account_view.js", "GET", page_file},
    {"/app.js", "GET", page_file},
    {"/client.js", "GET", page_file},
    {"/device.js", "GET", page_file},
    {"/english.js", "GET", page_file},
    {"/invite.js", "GET", page_file},
    {"/korean.js", "GET", page_file},
    {"/memory.js", "GET", page_file},
    {"/messages.js", "GET", page_file},
    {"/new_password.js", "GET", page_file},
    {"/onward.js", "GET", page_file},
    {"/password_rules.js", "GET", page_file},
    {"/session.js", "GET", page_file},
    {"/site.js", "GET", page_file},
    {"/texts.js", "GET", page_file},
    {"/times.js", "GET", page_file},
    {"/view.js", "GET", page_file},
    {"/style.css", "GET", page_file},
    {"/form.css", "GET", page_file},
    {"/session.css", "GET", page_file},
    {"/account.css", "GET", page_file},
    {"/icon.svg", "GET", page_file},
});

/// What stands for the `{id}` of a row's path: one segment, as sent. Empty when the row has none or `path` is
/// another.
constexpr std::string_view id_in(route const& row, std::string_view path) noexcept
{
    constexpr std::string_view id = "{id}";
    if (!row.path.ends_with(id)) return {};
    auto const before = row.path.substr(0, row.path.size() - id.size());
    if (!path.starts_with(before)) return {};
    auto const segment = path.substr(before.size());
    return segment.find('/') == std::string_view::npos ? segment : std::string_view{};
}

}  // namespace jwtgate::api
