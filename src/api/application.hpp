#pragma once

#include "api/context.hpp"
#include "auth/account.hpp"
#include "auth/authenticator.hpp"
#include "auth/service.hpp"
#include "http/application.hpp"

namespace jwtgate::api {

/// What jwtgate serves to browsers, programs and nginx. One object a worker.
class application final : public http::application {
public:
    /// `shared` outlives the application.
    application(auth::authenticator tokens, auth::service service, auth::account account, site const& shared);

    core::task<void> handle(http::request const& req, http::response& res) override;
    bool wants_body(http::request const& head) const noexcept override;
    void refuse(http::refusal why, http::response& res) noexcept override;

private:
    auth::authenticator tokens_;
    auth::service service_;
    auth::account account_;
    context context_;
};

}  // namespace jwtgate::api
