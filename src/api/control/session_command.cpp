#include "api/control/session_command.hpp"

#include "api/control/message.hpp"
#include "api/dto.hpp"
#include "api/errors.hpp"
#include "auth/error.hpp"
#include "auth/token_minter.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace jwtgate::api {
namespace {

using auth::to_numeric_date;
using core::task;

session_line line_of(auth::session const& one)
{
    return {
        .id = plain_text(one.id),
        .user = one.user_name,
        .created = to_numeric_date(one.created),
        .last_used = to_numeric_date(one.rotated_at),
        .expires = to_numeric_date(std::min(one.refresh_expires, one.absolute_end)),
        .address = plain_text(one.address),
        .user_agent = plain_text(one.user_agent),
    };
}

session_reply refused(std::string why)
{
    session_reply reply;
    reply.refused = std::move(why);
    return reply;
}

/// As an administrator may read it, who does not see the log.
session_reply refused(core::error_code why)
{
    std::string const reason{describe(why).message};
    return refused(why == auth::errc::busy ? reason + ": the database cannot be used now" : reason);
}

session_reply ended(std::size_t count, std::string user)
{
    session_reply reply;
    reply.done = std::to_string(count) + (count == 1 ? " session" : " sessions") + " of " + user + " ended";
    reply.user = std::move(user);
    return reply;
}

session_reply shown(std::vector<auth::session> const& sessions)
{
    session_reply reply;
    std::ranges::transform(sessions, std::back_inserter(reply.sessions), line_of);
    return reply;
}

task<session_reply> list_of(auth::session_admin& admin, std::string user)
{
    auto const found = co_await admin.list_of(std::move(user));
    co_return found ? shown(*found) : refused(found.error());
}

task<session_reply> list_part(auth::session_admin& admin, std::string after)
{
    auto const part = co_await admin.list(std::move(after));
    if (!part) co_return refused(part.error());
    auto reply = shown(*part);
    if (!part->empty()) reply.next = part->back().id;
    co_return reply;
}

task<session_reply> end_all_of(auth::session_admin& admin, std::string user)
{
    auto const count = co_await admin.end_all_of(user);
    if (!count) co_return refused(count.error());
    co_return ended(*count, auth::fold_user_name(user).value_or(user));
}

task<session_reply> end_one(auth::session_admin& admin, std::string session)
{
    auto const owner = co_await admin.end(std::move(session));
    co_return owner ? ended(1, *owner) : refused(owner.error());
}

task<session_reply> refuse_unknown()
{
    co_return refused(unknown_command);
}

}  // namespace

task<session_reply> run(auth::session_admin& admin, session_command command)
{
    bool const is_revoke = command.action == "revoke";
    if (is_revoke && command.user && !command.session) return end_all_of(admin, std::move(*command.user));
    if (is_revoke && command.session && !command.user) return end_one(admin, std::move(*command.session));
    if (command.action != "list") return refuse_unknown();
    if (command.user) return list_of(admin, std::move(*command.user));
    return list_part(admin, std::move(command.after));
}

}  // namespace jwtgate::api
