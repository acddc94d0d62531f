#pragma once

#include "api/context.hpp"
#include "core/task.hpp"

namespace jwtgate::api {

/// POST /login of a browser without scripts: leads back where the page was asked to, or shows the form again
/// and says why. The form repeats its CSRF value (form_csrf.hpp).
core::task<void> log_in_by_form(context& ctx, http::request const& req, http::response& res);

}  // namespace jwtgate::api
