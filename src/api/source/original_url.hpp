#pragma once

#include "http/request.hpp"

#include <string>

namespace jwtgate::api {

/// The URL that a proxy asks about: X-Original-URL, or what X-Forwarded-Proto, -Host and -Uri make together.
/// Empty where a field is missing or stands twice. Nothing of it is checked.
std::string original_url(http::request const& req);

}  // namespace jwtgate::api
