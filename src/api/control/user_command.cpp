#include "api/control/user_command.hpp"

#include "api/control/message.hpp"
#include "api/errors.hpp"
#include "auth/error.hpp"
#include "auth/token_minter.hpp"
#include "auth/user.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>

namespace jwtgate::api {
namespace {

using core::result;
using core::task;

user_line line_of(auth::user const& user)
{
    return {
        user.name,
        user.roles,
        user.enabled,
        !user.password_hash.empty(),
        auth::to_numeric_date(user.created)};
}

/// A refusal as an administrator may read it, who sees neither the settings nor the log.
std::string reason_of(core::error_code why, auth::user_admin const& admin)
{
    auto reason = explain(why, admin.password_min_length());
    if (why != auth::errc::busy) return reason;
    return reason + ": the database cannot be used now, or too many passwords are being hashed";
}

user_reply refused(core::error_code why, auth::user_admin const& admin)
{
    return {.refused = reason_of(why, admin), .done = "", .users = {}};
}

user_reply done(std::string line)
{
    return {.refused = "", .done = std::move(line), .users = {}};
}

/// What an action that worked was done to, as it is stored.
std::string folded(std::string const& name)
{
    return auth::fold_user_name(name).value_or(name);
}

std::string ended(std::size_t sessions)
{
    return ", " + std::to_string(sessions) + (sessions == 1 ? " session ended" : " sessions ended");
}

std::string roles_in_words(std::vector<std::string> const& roles)
{
    std::string text;
    for (auto const& role : roles) text.append(text.empty() ? "" : ",").append(role);
    return text.empty() ? "no roles" : "roles " + text;
}

task<user_reply> list(auth::user_admin& admin, user_command /*command*/)
{
    auto const users = co_await admin.list();
    if (!users) co_return refused(users.error(), admin);
    user_reply reply;
    std::ranges::transform(*users, std::back_inserter(reply.users), line_of);
    co_return reply;
}

task<user_reply> show(auth::user_admin& admin, user_command command)
{
    auto const user = co_await admin.show(std::move(command.name));
    if (!user) co_return refused(user.error(), admin);
    co_return user_reply{.refused = "", .done = "", .users = {line_of(*user)}};
}

task<user_reply> add(auth::user_admin& admin, user_command command)
{
    auto const added =
        co_await admin.add(command.name, std::move(command.password), std::move(command.roles));
    if (!added) co_return refused(added.error(), admin);
    co_return done(folded(command.name) + " added");
}

task<user_reply> invite(auth::user_admin& admin, user_command command)
{
    auto const made = co_await admin.invite_user(command.name, std::move(command.roles));
    if (made.error() == auth::errc::user_exists)
        co_return user_reply{
            .refused = "the user has other roles: set them with user roles", .done = "", .users = {}};
    if (!made) co_return refused(made.error(), admin);
    co_return done(
        folded(command.name) + (made->added ? " added and invited" : " invited") +
        ", good for 24 h, once: /#invite=" + made->invite
    );
}

task<user_reply> set_password(auth::user_admin& admin, user_command command)
{
    auto const set = co_await admin.set_password(command.name, std::move(command.password));
    if (!set) co_return refused(set.error(), admin);
    co_return done(folded(command.name) + " has a new password" + ended(*set));
}

task<user_reply> set_roles(auth::user_admin& admin, user_command command)
{
    auto const set = co_await admin.set_roles(command.name, command.roles);
    if (!set) co_return refused(set.error(), admin);
    co_return done(folded(command.name) + " has " + roles_in_words(command.roles) + ended(*set));
}

task<user_reply> disable(auth::user_admin& admin, user_command command)
{
    auto const disabled = co_await admin.disable(command.name);
    if (!disabled) co_return refused(disabled.error(), admin);
    co_return done(folded(command.name) + " disabled" + ended(*disabled));
}

task<user_reply> enable(auth::user_admin& admin, user_command command)
{
    auto const enabled = co_await admin.enable(command.name);
    if (!enabled) co_return refused(enabled.error(), admin);
    co_return done(folded(command.name) + " enabled");
}

task<user_reply> remove(auth::user_admin& admin, user_command command)
{
    auto const removed = co_await admin.remove(command.name);
    if (!removed) co_return refused(removed.error(), admin);
    co_return done(folded(command.name) + " deleted" + ended(*removed));
}

struct action {
    std::string_view name;
    task<user_reply> (*run)(auth::user_admin&, user_command);
};

constexpr auto actions = std::to_array<action>({
    {"add", add},
    {"invite", invite},
    {"list", list},
    {"show", show},
    {"passwd", set_password},
    {"roles", set_roles},
    {"disable", disable},
    {"enable", enable},
    {"delete", remove},
});

task<user_reply> refuse_unknown()
{
    co_return user_reply{.refused = unknown_command, .done = "", .users = {}};
}

// A command as it crosses the socket.
struct command_text {
    std::string action;
    std::string name;
    std::vector<std::string> roles;
    std::string password;
    command_terms terms;
};
BOOST_DESCRIBE_STRUCT(command_text, (), (action, name, roles, password, terms))

}  // namespace

task<user_reply> run(auth::user_admin& admin, user_command command)
{
    auto const* const found = std::ranges::find(actions, command.action, &action::name);
    return found == actions.end() ? refuse_unknown() : found->run(admin, std::move(command));
}

core::secret write_command(user_command const& command)
{
    command_text text{
        command.action, command.name, command.roles, std::string(command.password.reveal()), command.terms};
    core::secret written(write_message(text));
    core::wipe(text.password);
    return written;
}

result<user_command> read_command(std::string_view text)
{
    auto read = read_message<command_text>(text);
    if (!read) return read.error();
    return user_command{
        std::move(read->action),
        std::move(read->name),
        std::move(read->roles),
        core::secret(std::move(read->password)),
        std::move(read->terms)};
}

std::string write_reply(user_reply const& reply)
{
    return write_message(reply);
}

result<user_reply> read_reply(std::string_view text)
{
    return read_message<user_reply>(text);
}

}  // namespace jwtgate::api
