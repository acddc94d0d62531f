#pragma once

#include "api/control/command_terms.hpp"
#include "api/control/key_message.hpp"
#include "api/control/session_command.hpp"
#include "api/control/user_command.hpp"
#include "auth/admin/session_admin.hpp"
#include "auth/admin/user_admin.hpp"
#include "auth/shared_state.hpp"
#include "core/log/log.hpp"
#include "http/application.hpp"

#include <string_view>
#include <utility>

namespace jwtgate::api {

/// What the control socket asks of the program around it.
struct control_hooks {
    key_follower follow;
    terms_check check;
};

/// What a running server serves on its unix socket: the commands of `jwtgate user` and `jwtgate session`, and
/// the news of `jwtgate key`. Whoever may connect may do all of it, so the socket is its owner's only; who
/// did what is logged.
class control_application final : public http::application {
public:
    /// The log outlives it.
    control_application(auth::shared_state shared, control_hooks hooks, core::log const& log) noexcept
        : users_{shared}, sessions_{shared}, hooks_{std::move(hooks)}, log_{log}
    {}

    core::task<void> handle(http::request const& req, http::response& res) override;
    void refuse(http::refusal why, std::string_view peer_address, http::response& res) noexcept override;

private:
    core::task<void> run_user_command(http::request const& req, http::response& res);
    core::task<void> run_session_command(http::request const& req, http::response& res);
    core::task<user_reply> reply_to(user_command command);
    core::task<session_reply> reply_to(session_command command);
    void log(http::request const& req, session_command const& asked, session_reply const& reply) const;
    void follow_key_file(http::request const& req, http::response& res) const;

    auth::user_admin users_;
    auth::session_admin sessions_;
    control_hooks hooks_;
    core::log const& log_;
};

}  // namespace jwtgate::api
