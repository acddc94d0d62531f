#pragma once

#include "auth/user_admin.hpp"
#include "http/application.hpp"

namespace jwtgate::api {

/// What a running server serves on its unix socket: the commands of `jwtgate user`. Whoever may connect may
/// do all of it, so the socket is its owner's only.
class control_application final : public http::application {
public:
    explicit control_application(auth::user_admin admin) noexcept : admin_{admin} {}

    core::task<void> handle(http::request const& req, http::response& res) override;
    void refuse(http::refusal why, http::response& res) noexcept override;

private:
    auth::user_admin admin_;
};

}  // namespace jwtgate::api
