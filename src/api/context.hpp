#pragma once

#include "api/client_address.hpp"
#include "api/credentials.hpp"
#include "api/session_cookies.hpp"
#include "auth/service.hpp"

namespace jwtgate::api {

/// What all workers share and nothing changes: how this site's credentials look outside.
struct site {
    session_cookies cookies;
    api::credentials credentials;
    trusted_proxies proxies;
};

/// What a handler works with; lives as long as its worker.
struct context {
    auth::service& service;
    api::site const& site;
};

/// Who sent the request, for the session and the log.
inline auth::client client_of(context const& ctx, http::request const& req)
{
    return {ctx.site.proxies.client_of(req), std::string(req.find("User-Agent"))};
}

}  // namespace jwtgate::api
