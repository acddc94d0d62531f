#pragma once

#include "core/result.hpp"
#include "http/request.hpp"

#include <boost/json/object.hpp>

#include <string_view>

namespace jwtgate::api {

/// One JSON object without duplicate names at any depth, in memory that is wiped when it goes: bodies hold
/// passwords. Errors: bad_json, not_an_object, duplicate_member.
core::result<boost::json::object> parse_object(std::string_view body);

/// The body of a request that says that it is JSON. Errors: media_type, content_encoding.
core::result<std::string_view> json_body_of(http::request const& req) noexcept;

}  // namespace jwtgate::api
