#pragma once

#include "api/handlers/handlers.hpp"

#include <array>
#include <string_view>

namespace jwtgate::api {

/// What becomes of a body that the request declares. Ignored: it is not even waited for.
enum class body_use { read, ignored };

/// One row: a path, a method ("" for any), and who answers.
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
    {"/healthz", "GET", health},
    {"/", "GET", page},
    {"/app.js", "GET", page},
    {"/client.js", "GET", page},
    {"/memory.js", "GET", page},
    {"/messages.js", "GET", page},
    {"/texts.js", "GET", page},
    {"/view.js", "GET", page},
    {"/style.css", "GET", page},
    {"/form.css", "GET", page},
    {"/session.css", "GET", page},
    {"/icon.svg", "GET", page},
});

}  // namespace jwtgate::api
