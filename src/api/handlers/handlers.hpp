#pragma once

#include "api/context.hpp"
#include "core/task.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace jwtgate::api {

// One function a route. An empty task means that the answer is complete already: only handlers that wait are
// coroutines. Context, request and response outlive the task (http::application).

core::task<void> page(context& ctx, http::request const& req, http::response& res);
core::task<void> page_file(context& ctx, http::request const& req, http::response& res);
core::task<void> health(context& ctx, http::request const& req, http::response& res);

core::task<void> login(context& ctx, http::request const& req, http::response& res);
core::task<void> token(context& ctx, http::request const& req, http::response& res);

core::task<void> refresh(context& ctx, http::request const& req, http::response& res);
core::task<void> logout(context& ctx, http::request const& req, http::response& res);

core::task<void> show_protected(context& ctx, http::request const& req, http::response& res);
core::task<void> me(context& ctx, http::request const& req, http::response& res);

core::task<void> list_sessions(context& ctx, http::request const& req, http::response& res);
core::task<void> end_sessions(context& ctx, http::request const& req, http::response& res);
core::task<void> end_session(context& ctx, http::request const& req, http::response& res);
core::task<void> change_password(context& ctx, http::request const& req, http::response& res);
core::task<void> accept_invite(context& ctx, http::request const& req, http::response& res);

core::task<void> gate(context& ctx, http::request const& req, http::response& res);

}  // namespace jwtgate::api
