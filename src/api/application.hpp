#pragma once

#include "api/context.hpp"
#include "api/metrics/request_counters.hpp"
#include "auth/account.hpp"
#include "auth/authenticator.hpp"
#include "auth/service.hpp"
#include "http/application.hpp"

#include <string_view>

namespace jwtgate::api {

/// Who answers what is asked of the domain: one of each a worker.
struct worker_domain {
    auth::authenticator tokens;
    auth::service service;
    auth::account account;
};

/// What jwtgate serves to browsers, programs and nginx. One object a worker.
class application final : public http::application {
public:
    /// `shared` and `counted` outlive the application.
    application(worker_domain domain, site const& shared, request_counters& counted);

    core::task<void> handle(http::request const& req, http::response& res) override;
    bool wants_body(http::request const& head) const noexcept override;
    void refuse(http::refusal why, std::string_view peer_address, http::response& res) noexcept override;

private:
    struct exchange;

    core::task<void> answer(route const* found, http::request const& req, http::response& res);
    core::task<void> finish(core::task<void> work, exchange what);
    void note(exchange const& what);

    worker_domain domain_;
    context context_;
    request_counters& counted_;
};

}  // namespace jwtgate::api
