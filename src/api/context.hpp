#pragma once

#include "api/credentials.hpp"
#include "api/former_cookies.hpp"
#include "api/refusal_log.hpp"
#include "api/rules/rule_set.hpp"
#include "api/session_cookies.hpp"
#include "api/site_texts.hpp"
#include "api/source/allowed_origins.hpp"
#include "api/source/client_address.hpp"
#include "api/source/return_targets.hpp"
#include "auth/account.hpp"
#include "auth/authenticator.hpp"
#include "auth/service.hpp"
#include "core/clock.hpp"
#include "core/log/log.hpp"
#include "core/random.hpp"

namespace jwtgate::api {

/// What all workers share and nothing changes: how this site's credentials look outside.
struct site {
    session_cookies cookies;
    former_cookies former;
    api::credentials credentials;
    trusted_proxies proxies;
    allowed_origins origins;
    return_targets targets;
    core::log const& log;
    core::clock const& clock;
    core::random_source random;
    site_texts texts = {};
    rule_set rules = {};
};

/// What a handler works with; lives as long as its worker.
struct context {
    auth::authenticator& tokens;
    auth::service& service;
    auth::account& account;
    api::site const& site;
    parameter_warning parameter_warned = {};
    unclear_warning unclear_warned = {};
};

/// The site that the request asks, as its client named it.
inline asked_site site_asked(context const& ctx, http::request const& req) noexcept
{
    return {ctx.site.proxies.host_of(req), ctx.site.proxies.scheme_of(req)};
}

/// Who sent the request, for the session and the log.
inline auth::client client_of(context const& ctx, http::request const& req)
{
    return {ctx.site.proxies.client_of(req), std::string(req.find("User-Agent"))};
}

}  // namespace jwtgate::api
