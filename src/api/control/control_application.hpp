#pragma once

#include "api/control/key_message.hpp"
#include "auth/user_admin.hpp"
#include "http/application.hpp"

#include <utility>

namespace jwtgate::api {

/// What a running server serves on its unix socket: the commands of `jwtgate user`, and the news of `jwtgate
/// key`. Whoever may connect may do all of it, so the socket is its owner's only.
class control_application final : public http::application {
public:
    control_application(auth::user_admin admin, key_follower follow) noexcept
        : admin_{admin}, follow_{std::move(follow)}
    {}

    core::task<void> handle(http::request const& req, http::response& res) override;
    void refuse(http::refusal why, http::response& res) noexcept override;

private:
    core::task<void> run_user_command(http::request const& req, http::response& res);
    void follow_key_file(http::request const& req, http::response& res) const;

    auth::user_admin admin_;
    key_follower follow_;
};

}  // namespace jwtgate::api
