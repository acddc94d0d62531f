#pragma once

#include "api/context.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <string_view>

namespace jwtgate::api {

/// The page as the answer to this request, begun with any status. `rd` is where it was asked to lead back to,
/// which is checked here; `alarm` says why a form has to be filled in again.
struct page_answer {
    std::string_view rd;
    std::string_view alarm = {};
};

/// The fields that every file of the page has. `leads_to` is an origin that a form may end at; empty: none.
void add_page_fields(http::response& res, std::string_view leads_to);

void finish_page(context& ctx, http::request const& req, http::response& res, page_answer const& what);

/// A refusal that a person reads: the page, which says why.
void refuse_by_page(context& ctx, http::request const& req, http::response& res, core::error_code why);

/// 303 to where the page was asked to lead back to, or to the page itself, relative to a form's address. More
/// fields may stand before it.
void lead_back(context const& ctx, http::request const& req, http::response& res, std::string_view rd);

}  // namespace jwtgate::api
