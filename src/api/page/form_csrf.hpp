#pragma once

#include "api/body/form_body.hpp"
#include "api/context.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <string>

namespace jwtgate::api {

/// Binds a login form to the browser that it is shown to: the value that the form has to repeat, which the
/// answer sets as a cookie too. A browser that has one keeps it, so that forms in several tabs count.
std::string begin_form(context const& ctx, http::request const& req, http::response& res);

/// Whether the form is of a page that this browser was shown. Error: form_outdated.
core::result<void> check_form(context const& ctx, http::request const& req, form_body const& form) noexcept;

}  // namespace jwtgate::api
